using Rialto.Kernel;

[assembly: Xunit.AssemblyFixture(typeof(Rialto.Media.Tests.WorkshopFixture))]

namespace Rialto.Media.Tests;

/// <summary>One workshop for all tests, as in the product; tests that need it are skipped where Node or its packages are missing.</summary>
public sealed class WorkshopFixture : IAsyncDisposable
{
    public IWorkshop Workshop { get; } = Kernel.Workshop.Open();

    public MediaModule Media => field ??= MediaModule.Create(Workshop, null);

    public void Need() => Assert.SkipUnless(Workshop.IsAvailable, Kernel.Workshop.Obstacle() ?? "");

    public ValueTask DisposeAsync() => Workshop.DisposeAsync();
}
