namespace Rialto.Publishing.Tests;

/// <summary>Waits for what happens elsewhere, as long as the test may run; never asserts a time.</summary>
internal static class Eventually
{
    public static async Task Happens(Func<Task<bool>> happened)
    {
        while (!await happened()) await Task.Delay(20, TestContext.Current.CancellationToken);
    }
}
