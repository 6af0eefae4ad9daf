using Shouldly;

namespace Rialto.Portal.Tests;

public sealed class HomeTests
{
    private static readonly DateTime Noon = new(2026, 1, 15, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Nothing_needs_anybody_when_the_newest_builds_went_well() =>
        HomePages.Needs([Site("a")], [Build("a", "done", "live", 2), Build("a", "failed", null, 1)], []).ShouldBeEmpty();

    [Fact]
    public void A_failed_build_is_named_until_a_newer_one_goes_well()
    {
        HomePages.Needs([Site("a")], [Build("a", "failed", null, 2), Build("a", "done", "live", 1)], []).ShouldHaveSingleItem().Kind.ShouldBe(NeedKind.BuildFailed);
        HomePages.Needs([Site("a")], [Build("a", "running", null, 3), Build("a", "failed", null, 2)], []).ShouldBeEmpty();
    }

    [Fact]
    public void A_preview_that_went_well_does_not_hide_that_the_site_is_broken() =>
        HomePages.Needs([Site("a")], [Build("a", "done", "preview", 3), Build("a", "failed", null, 2)], []).ShouldHaveSingleItem().Kind.ShouldBe(NeedKind.BuildFailed);

    [Fact]
    public void A_held_site_is_named_when_something_newer_waits()
    {
        HomePages.Needs([Site("a") with { IsPinned = true }], [Build("a", "done", "pinned", 2)], []).ShouldHaveSingleItem().Kind.ShouldBe(NeedKind.Held);
        HomePages.Needs([Site("a") with { IsPinned = true }], [Build("a", "done", "live", 2)], []).ShouldBeEmpty();
    }

    [Fact]
    public void A_site_that_was_never_live_is_named_when_nothing_is_on_the_way()
    {
        HomePages.Needs([Site("a") with { LiveRelease = null }], [], []).ShouldHaveSingleItem().Kind.ShouldBe(NeedKind.NeverLive);
        HomePages.Needs([Site("a") with { LiveRelease = null }], [Build("a", "running", null, 1)], []).ShouldBeEmpty();
    }

    [Fact]
    public void Builds_speak_for_themselves_and_other_jobs_are_named()
    {
        var jobs = new[] { Job("publishing.build"), Job("publishing.collect_blobs") };
        HomePages.Needs([], [], jobs).ShouldHaveSingleItem().Subject.ShouldBe("publishing.collect_blobs");
    }

    [Fact]
    public void The_gravest_comes_first() =>
        HomePages.Needs([Site("a"), Site("b") with { IsPinned = true }], [Build("b", "done", "pinned", 9), Build("a", "failed", null, 1)], [Job("x.y")]).Select(need => need.Kind)
            .ShouldBe([NeedKind.BuildFailed, NeedKind.JobFailed, NeedKind.Held]);

    private static SiteView Site(string name) => new() { Id = Guid.Empty, Name = name, Source = "acme/" + name, Visibility = "public", Url = $"http://localhost/s/{name}/", LiveRelease = Guid.Empty, LiveAt = Noon };

    private static BuildView Build(string site, string state, string? outcome, int minute) => new()
    {
        Id = Guid.CreateVersion7(), Job = Guid.Empty, Site = site, Branch = "", State = state, Outcome = outcome, Stages = [], StartedAt = Noon.AddMinutes(minute), FinishedAt = state == "running" ? null : Noon.AddMinutes(minute + 1),
    };

    private static JobView Job(string kind) => new() { Id = Guid.CreateVersion7(), Queue = "light", Kind = kind, State = "failed", CreatedAt = Noon };
}
