using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests.Building;

public sealed class WarningListTests
{
    [Fact]
    public void A_missing_picture_is_told_before_hundreds_of_broken_links()
    {
        var warnings = new WarningList();
        for (var link = 0; link < 1000; link++) warnings.Add("link.broken", "a.md", $"link {link}");
        warnings.Add("picture.missing", "film.mp4", "It cannot be read.");
        warnings.Ordered()[0].Path.ShouldBe("film.mp4");
    }
}
