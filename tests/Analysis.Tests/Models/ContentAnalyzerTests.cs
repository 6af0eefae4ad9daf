using System.Text.Json.Nodes;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

public sealed class ContentAnalyzerTests
{
    private const string Readme = "# Quill\n\nQuill is a tiny template engine for Node that never evaluates code.\n\n## Features\n\n- **Fast**: draws 300 pages at once\n- **Small**: needs nothing else\n- **Safe**: escapes all it writes\n";
    private static readonly MemoryTree Tree = new MemoryTree().Add("README.md", Readme);
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Proposes new words for some fields, with the evidence that was sent.</summary>
    private static Func<string, string> Proposes(params (string Id, string Words)[] proposals) => sheet =>
    {
        var sent = JsonNode.Parse(sheet)!["items"]!.AsArray();
        return new JsonObject { ["items"] = new JsonArray([.. proposals.Select(proposal => new JsonObject { ["id"] = proposal.Id, ["words"] = proposal.Words, ["evidence"] = sent.First(item => item!["id"]!.ToString() == proposal.Id)!["evidence"]!.DeepClone() })]) }.ToJsonString();
    };

    private static async Task<(Facts Local, Facts Refined, List<string> Told)> Run(ModelEndpoint endpoint, Func<ModelSettings, ModelSettings>? change = null, params IReadOnlyList<string> models)
    {
        var settings = new ModelSettings { Url = endpoint.Url, Models = models.Count > 0 ? models : ["good"] };
        var facts = await AnalysisModule.NewAnalyzer().AnalyzeAsync(Tree, cancel: Cancel);
        var told = new List<string>();
        var refined = await AnalysisModule.NewContentAnalyzer(change is null ? settings : change(settings)).RefineAsync(facts, Tree, new Told(told), Cancel);
        endpoint.Complaints.ShouldBeEmpty();
        return (facts, refined, told);
    }

    [Fact]
    public async Task Without_a_model_every_word_is_the_repositorys_own()
    {
        var facts = await AnalysisModule.NewAnalyzer().AnalyzeAsync(Tree, cancel: Cancel);
        (await AnalysisModule.NewContentAnalyzer().RefineAsync(facts, Tree, cancel: Cancel)).ShouldBeSameAs(facts);
        ModelSettings.FromEnvironment("").ShouldBeNull();
    }

    [Fact]
    public async Task Better_words_are_taken_with_the_same_evidence_and_the_facts_say_whose_they_are()
    {
        await using var endpoint = (await ModelEndpoint.StartAsync("hush")).Answers("good", Proposes(("summary", "Quill is a tiny Node template engine that never evaluates code."), ("features/0/text", "Draws 300 pages at once.")));
        var (local, refined, _) = await Run(endpoint, settings => settings with { Key = "hush" });
        refined.Summary!.Value.ShouldBe("Quill is a tiny Node template engine that never evaluates code.");
        refined.Summary.Evidence.ShouldBe(local.Summary!.Evidence);
        refined.Features[0].ShouldBe(local.Features[0] with { Text = "Draws 300 pages at once." });
        refined.Refinements.ShouldBe([new("summary", "good", local.Summary.Value), new("features/0/text", "good", local.Features[0].Text!)]);
        endpoint.LastUserMessage.ShouldContain("README.md:3@0123456789ab");
    }

    [Theory]
    [InlineData("Quill is a tiny template engine for Node, used by 500 teams, that never evaluates code.")]
    [InlineData("Quill is a tiny template engine for Node by Acme that never evaluates code.")]
    [InlineData("Quill is a tiny blazing template engine for Node that never evaluates code.")]
    [InlineData("Quill is a tiny template engine for Node that evaluates code.")]
    [InlineData("Quill is a tiny <b>template</b> engine for Node that never evaluates code.")]
    [InlineData("Quill is a tiny 模板 engine for Node that never evaluates code.")]
    [InlineData("")]
    public async Task Words_that_add_or_deny_something_are_refused_and_the_local_ones_stay(string words)
    {
        await using var endpoint = (await ModelEndpoint.StartAsync()).Answers("good", Proposes(("summary", words)));
        var (local, refined, told) = await Run(endpoint);
        refined.Summary.ShouldBe(local.Summary);
        refined.Refinements.ShouldBeEmpty();
        told.ShouldContain("good: quality_threshold_not_met");
    }

    [Theory]
    [InlineData("""["README.md:4@0123456789ab"]""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task A_proposal_that_changes_or_drops_its_evidence_is_refused(string evidence)
    {
        await using var endpoint = (await ModelEndpoint.StartAsync()).Answers("good", _ => $$"""{"items":[{"id":"summary","words":"Quill is a tiny template engine.","evidence":{{evidence}}}]}""");
        var (local, refined, _) = await Run(endpoint);
        refined.ShouldBe(local);
    }

    [Fact]
    public async Task A_good_proposal_is_taken_beside_a_bad_one()
    {
        await using var endpoint = (await ModelEndpoint.StartAsync()).Answers("good", Proposes(("title", "QuillMaster"), ("features/1/text", "Needs nothing else.")));
        var (local, refined, _) = await Run(endpoint);
        refined.Title.ShouldBe(local.Title);
        refined.Refinements.Single().Field.ShouldBe("features/1/text");
    }

    [Fact]
    public async Task The_next_model_is_asked_when_one_fails_and_each_reason_is_named()
    {
        await using var endpoint = (await ModelEndpoint.StartAsync()).Hangs("slow").Fails("full", 500, "CUDA out of memory").Fails("busy", 503, "overloaded").Answers("silly", _ => "I cannot do that.").Answers("good", Proposes(("features/2/text", "Escapes all it writes.")));
        var (_, refined, told) = await Run(endpoint, settings => settings with { TimeoutMilliseconds = 400 }, "slow", "full", "gone", "busy", "silly", "good");
        told.Where(line => line.Contains(": ")).ShouldBe(["slow: processing_timeout", "full: memory_exhausted", "gone: model_unavailable", "busy: model_unavailable", "silly: quality_threshold_not_met"]);
        refined.Refinements.Single().Model.ShouldBe("good");
        endpoint.Asked.ShouldBe(["slow", "full", "gone", "busy", "silly", "good"]);
    }

    [Fact]
    public async Task When_nothing_answers_the_local_words_stay()
    {
        await using var endpoint = await ModelEndpoint.StartAsync();
        var (local, refined, told) = await Run(endpoint, settings => settings with { Url = new Uri("http://127.0.0.1:1/v1/") });
        refined.ShouldBeSameAs(local);
        told.ShouldContain("good: model_unavailable");
    }

    [Fact]
    public async Task A_role_can_be_given_other_models_while_it_works()
    {
        await using var endpoint = (await ModelEndpoint.StartAsync()).Answers("first", _ => "1").Answers("second", _ => "2");
        var roles = new ModelRoles(new ModelSettings { Url = endpoint.Url, Models = ["first"] }, new HttpClient());
        async Task<string?> Ask(ModelRole role) => (await roles.Chain(role).AskAsync("Answer in JSON.", "?", text => text, null, Cancel))?.Model;
        (await Ask(ModelRole.ContentAnalysis)).ShouldBe("first");
        roles.Swap(ModelRole.ContentAnalysis, "second", "first");
        (await Ask(ModelRole.ContentAnalysis)).ShouldBe("second");
        (await Ask(ModelRole.VideoCreation)).ShouldBe("first");
        endpoint.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://localhost:11434/v1", "http://localhost:11434/v1/")]
    [InlineData("http://10.1.2.3/v1/", "http://10.1.2.3/v1/")]
    [InlineData("https://models.example/v1", "https://models.example/v1/")]
    public void Local_addresses_may_be_plain_and_others_are_encrypted(string text, string url) => ModelAddress.Parse(text).ToString().ShouldBe(url);

    [Theory]
    [InlineData("http://models.example/v1")]
    [InlineData("https://me:pw@models.example/v1")]
    [InlineData("ftp://localhost/v1")]
    [InlineData("localhost:11434")]
    public void An_address_that_would_tell_words_or_keys_in_the_open_is_refused(string text) => Should.Throw<Refusal>(() => ModelAddress.Parse(text)).Code.ShouldBe("models.url_invalid");

    private sealed class Told(List<string> lines) : IProgress<string>
    {
        public void Report(string value) => lines.Add(value);
    }
}
