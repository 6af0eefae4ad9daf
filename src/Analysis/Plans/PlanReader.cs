namespace Rialto.Analysis;

/// <summary>What is planned: PLANNING or ROADMAP, else the README's own section.</summary>
internal static class PlanReader
{
    private const int MostItems = 200;

    public static async Task<PlanFacts?> ReadAsync(RepositoryContent content, Document? readme)
    {
        if (Documents.Find(content, ["PLANNING", "ROADMAP", "PLAN", "MILESTONES"], "", "docs/", ".github/", "doc/") is { } path && await content.TextAsync(path) is { } file)
        {
            var document = Documents.Read(file);
            var milestones = Milestones(document, document.Blocks);
            var summary = document.Blocks.FirstOrDefault(block => SummaryReader.IsProse(block, ""));
            if (milestones.Count > 0 || summary is not null) return new(path, summary is null ? null : SummaryReader.Sentence(summary.Plain, 2), milestones);
        }
        for (var i = 0; i < (readme?.Blocks.Count ?? 0); i++)
            if (readme!.Blocks[i].Kind == BlockKind.Heading && Sections.IsRoadmap(readme.Blocks[i].Plain))
            {
                var section = readme.Section(i).ToList();
                var milestones = Milestones(readme, [readme.Blocks[i], .. section]);
                if (milestones.Any(milestone => milestone.Items.Count > 0)) return new(readme.File.Path, section.FirstOrDefault(block => SummaryReader.IsProse(block, "")) is { } told ? SummaryReader.Sentence(told.Plain, 2) : null, milestones);
            }
        return null;
    }

    private static List<Milestone> Milestones(Document document, IReadOnlyList<Block> blocks)
    {
        var milestones = new List<Milestone>();
        Block? heading = null;
        var items = new List<WorkItem>();
        foreach (var block in blocks)
        {
            if (block.Kind == BlockKind.Heading) { Close(); heading = block; }
            else if (WorkItems.Of(document, block, heading?.Plain) is { } item && items.Count < MostItems) items.Add(item);
        }
        Close();
        return milestones;

        void Close()
        {
            if (items.Count > 0)
                milestones.Add(new Milestone(heading is null ? "Plan" : Words.WithoutEmoji(heading.Plain).Trim(' ', ':'), WorkItems.State(heading?.Text ?? "", items), [.. items], document.File.At(heading?.Line ?? items[0].Evidence.Line)));
            items.Clear();
        }
    }
}
