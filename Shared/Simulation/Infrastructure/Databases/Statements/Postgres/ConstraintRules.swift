/// What `ALTER TABLE … ADD [CONSTRAINT …]` does.
extension AlterTableRules {
  /// nil where no table constraint comes next: the words then describe a column.
  func constraint(_ cursor: inout SQLCursor) -> AlterTableAction? {
    if cursor.accept("constraint") { _ = cursor.word() }
    let isUnchecked = cursor.contains("not", "valid") || cursor.contains("not", "enforced")
    if cursor.accept("check") {
      let effect = isUnchecked ? SchemaEffect.catalogue(.accessExclusive) : .scan(.accessExclusive)
      return action("ADD CHECK", effect, isUnchecked)
    }
    if cursor.accept("foreign", "key") {
      var effect = isUnchecked ? SchemaEffect.catalogue(.shareRowExclusive) : .scan(.shareRowExclusive)
      if cursor.skipPast("references"), let other = cursor.name() {
        effect.additionalLocks = [AdditionalLock(other, .shareRowExclusive)]
      }
      return action("ADD FOREIGN KEY", effect, isUnchecked)
    }
    // From 18 a NOT NULL constraint has a name and can be NOT VALID.
    if cursor.accept("not", "null") {
      return action("ADD NOT NULL", isUnchecked ? .catalogue(.accessExclusive) : .scan(.accessExclusive), isUnchecked)
    }
    let isPrimary = cursor.peek("primary", "key")
    if isPrimary || cursor.peek("unique") {
      if isPrimary { cursor.skip() }
      cursor.skip()
      let name = isPrimary ? "ADD PRIMARY KEY" : "ADD UNIQUE"
      if cursor.accept("using", "index") {
        // A primary key's columns get NOT NULL, which takes a scan where they lack it.
        let note = "columns that allow NULL are scanned first"
        return action(
          name + " USING INDEX", isPrimary ? .scan(.accessExclusive, note) : .catalogue(.accessExclusive), false)
      }
      return action(name, .indexBuild(.accessExclusive), false)
    }
    if cursor.accept("exclude") { return action("ADD EXCLUDE", .indexBuild(.accessExclusive), false) }
    return nil
  }

  private func action(_ name: String, _ effect: SchemaEffect, _ isUnchecked: Bool) -> AlterTableAction {
    var effect = effect
    effect.compatibility = .mayReject
    if isUnchecked { effect.notes.append("existing rows stay unchecked until VALIDATE CONSTRAINT") }
    return AlterTableAction(isUnchecked ? name + " NOT VALID" : name, effect)
  }
}
