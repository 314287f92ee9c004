/// Words and marks of `nft list ruleset`: braces, commas, colons of maps, newlines and semicolons as separators.
enum NFTLexer {
  static func tokens(_ text: String) -> [String] {
    var result: [String] = []
    var word = ""
    var isQuoted = false
    var isComment = false
    func finish() {
      if !word.isEmpty { result.append(word) }
      word = ""
    }
    for character in text {
      if isComment {
        if character.isNewline {
          isComment = false
          result.append(";")
        }
      } else if isQuoted {
        if character == "\"" {
          isQuoted = false
          // A mark keeps quoted text apart from keywords.
          result.append("\"" + word)
          word = ""
        } else {
          word.append(character)
        }
      } else {
        switch character {
        case "\"":
          finish()
          isQuoted = true
        case "#":
          finish()
          isComment = true
        case "{", "}", ",", ";":
          finish()
          result.append(String(character))
        case " ", "\t": finish()
        case _ where character.isNewline:
          finish()
          result.append(";")
        default: word.append(character)
        }
      }
    }
    finish()
    result.append(";")
    return result
  }
}
