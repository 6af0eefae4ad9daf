namespace Rialto.Analysis;

/// <summary>Tasks of TASKS or TODO: boxes where there are any, else the sections' words, else everything is open.</summary>
internal static class TaskReader
{
    private const int MostItems = 500;

    public static async Task<TaskFacts?> ReadAsync(RepositoryContent content)
    {
        if (Documents.Find(content, ["TASKS", "TASK", "TODO", "TODOS"], "", "docs/", ".github/") is not { } path || await content.TextAsync(path) is not { } file) return null;
        var document = Documents.Read(file);
        var items = new List<WorkItem>();
        string? section = null;
        var sectionDone = false;
        var hasBoxes = document.Blocks.Any(block => block.Done is not null);
        foreach (var block in document.Blocks)
        {
            if (block.Kind == BlockKind.Heading)
            {
                section = Words.WithoutEmoji(block.Plain);
                sectionDone = WorkItems.SaysDone(block.Text);
                if (block.Done is not null && document.Format == "org") items.Add(new(section, block.Done, null, file.At(block.Line)));
            }
            else if (items.Count < MostItems && WorkItems.Of(document, block, section) is { } item && (!hasBoxes || item.Done is not null))
                items.Add(item.Done is null ? item with { Done = sectionDone } : item);
        }
        return items.Count == 0 ? null : new(path, items.Count(item => item.Done == true), items.Count(item => item.Done != true), items);
    }
}
