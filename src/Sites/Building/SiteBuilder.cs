using Rialto.Analysis;
using Rialto.Media;
using Rialto.Repositories;
using Rialto.Sites.Themes.Catalogue;

namespace Rialto.Sites;

/// <summary>The stages of a build, in order. Each is timed; none knows how the others work.</summary>
internal sealed class SiteBuilder(SiteParts parts) : ISiteBuilder
{
    public async Task<SiteReport> BuildAsync(Facts facts, ISourceTree tree, SiteOptions options, ISiteOutput output, IProgress<SiteProgress>? progress = null, CancellationToken cancel = default)
    {
        var clock = new StageClock(progress);
        var warnings = new WarningList();
        var counted = new CountingOutput(output);

        clock.Begin("content");
        var index = await TreeIndex.CreateAsync(tree, cancel);
        var settings = await SettingsReader.ReadAsync(index, options, cancel);
        var documents = DocumentFinder.Find(index, facts, settings);
        var filler = new SlotFiller(parts.Typesetting, warnings, cancel);
        await Parallel.ForEachAsync(documents, cancel, async (document, token) =>
        {
            await DocumentReader.ReadAsync(document, index, token);
            filler.Add(document);
        });
        var extras = new ExtraTexts(facts, documents);
        var example = ExampleCode.Slot(facts);
        foreach (var document in extras.All.Append(example.Document)) filler.Add(document);
        var batches = filler.Finish();
        var set = new DocumentSet(documents);

        clock.Begin("pictures");
        var pictures = new PictureStore(index, counted, parts.Pictures, warnings);
        var site = new SiteContext(index, set, HostLinks.For(facts.Repository), pictures, warnings);
        await pictures.PrepareAsync(PictureList.Of(site, facts, settings, extras.All), cancel);

        clock.Begin("write");
        await Parallel.ForEachAsync(batches, cancel, async (batch, _) =>
        {
            await batch.Filled;
            foreach (var document in batch.Documents.Where(document => document != example.Document))
            {
                ContentWriter.Write(document, new LinkResolver(document, site));
                document.Release();
            }
        });
        var order = await NavigationFiles.ReadAsync(index, set, cancel);
        var model = ModelAssembler.Assemble(facts, settings, options, site, order, extras, await LicenceText.HtmlAsync(facts, index, cancel), example.Code);

        clock.Begin("shell");
        var bundle = ThemeBundle.Create(ThemeCatalogue.Get(model.Theme), model.Accent);
        foreach (var file in bundle.Files) await counted.WriteAsync(file.Path, file.Content, cancel);
        (model, var logo) = await Shell.WriteAsync(model, parts, site, counted, cancel);

        clock.Begin("pages", model.Pages.Count);
        await SiteFiles.WriteAsync(model, parts, site, bundle, logo, counted, clock.Tick, cancel);

        clock.Begin("check");
        await OfflineFiles.WriteAsync(model, counted, cancel);
        return new SiteReport
        {
            Pages = model.Pages.Count, Files = counted.Files.Count, Bytes = counted.Bytes, Theme = model.Theme,
            ThemeReason = ThemeChoice.Reason(facts, settings, options), DurationsMs = clock.End(), Warnings = warnings.Ordered(),
        };
    }
}

/// <summary>The parts of other modules that a build uses; each may be missing, and then only what needs it is left out.</summary>
/// <param name="Pictures">Converts pictures.</param>
/// <param name="Typesetting">Colours code and sets mathematics.</param>
/// <param name="Cards">Draws cards.</param>
/// <param name="Icons">Makes icons.</param>
/// <param name="Assets">KaTeX's and Mermaid's files.</param>
/// <param name="Search">Pagefind.</param>
internal sealed record SiteParts(IPictures? Pictures, ITypesetting? Typesetting, ICards? Cards, IIcons? Icons, Kernel.IWorkshopAssets? Assets, PagefindProgram? Search);
