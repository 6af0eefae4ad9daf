namespace Rialto.Analysis;

/// <summary>Entries of plans and task lists, and the state that their words say.</summary>
internal static class WorkItems
{
    private static readonly string[] Done = ["done", "complete", "finished", "shipped", "released", "✅", "✔", "☑", "已完成", "مكتمل"];
    private static readonly string[] Active = ["in progress", "in-progress", "current", "active", "now", "ongoing", "wip", "doing", "🚧", "🔄", "🏗", "进行中"];
    private static readonly string[] Planned = ["planned", "next", "later", "future", "backlog", "upcoming", "todo", "to do", "to-do", "soon", "ideas", "not started", "pending", "📅", "⏳", "🔜", "💡", "计划"];

    /// <summary>A list item, a table's row with a state, or null for anything else.</summary>
    public static WorkItem? Of(Document document, Block block, string? section)
    {
        if (block.Kind == BlockKind.Row && !block.IsHeaderRow && block.Cells.Count > 1 && block.Cells.FirstOrDefault(cell => cell.Count(char.IsLetter) > 2) is { } cell)
            return new(cell, Says(block.Text, Done) ? true : Says(block.Text, Active) || Says(block.Text, Planned) ? false : null, section, document.File.At(block.Line));
        if (block.Kind != BlockKind.Item || block.Plain.Length < 2) return null;
        var text = block.Plain;
        var done = block.Done ?? (text.StartsWith("✅", StringComparison.Ordinal) || text.StartsWith('✔') || text.StartsWith('☑') ? true
            : text.StartsWith("⬜", StringComparison.Ordinal) || text.StartsWith("❌", StringComparison.Ordinal) || text.StartsWith('☐') || text.StartsWith("🚧", StringComparison.Ordinal) ? false : null);
        return new(Words.SplitEmoji(text).Text, done, section, document.File.At(block.Line));
    }

    /// <summary><c>done</c>, <c>active</c>, <c>planned</c>, or null: the heading's words first, then the boxes.</summary>
    public static string? State(string heading, IReadOnlyCollection<WorkItem> items)
    {
        if (Says(heading, Active)) return "active";
        if (Says(heading, Done) && !heading.Contains("not done", StringComparison.OrdinalIgnoreCase)) return "done";
        if (Says(heading, Planned)) return "planned";
        var boxes = items.Where(item => item.Done is not null).ToList();
        if (boxes.Count == 0) return null;
        return boxes.All(item => item.Done == true) ? "done" : boxes.Any(item => item.Done == true) ? "active" : "planned";
    }

    public static bool SaysDone(string heading) => Says(heading, Done);

    /// <summary>Whole words only: "now" is not in "known".</summary>
    private static bool Says(string text, string[] words)
    {
        foreach (var word in words)
            for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
                if (!char.IsAsciiLetter(word[0]) || ((at == 0 || !char.IsLetter(text[at - 1])) && (at + word.Length >= text.Length || !char.IsLetter(text[at + word.Length]) || text[at + word.Length] is 'd'))) return true;
        return false;
    }
}
