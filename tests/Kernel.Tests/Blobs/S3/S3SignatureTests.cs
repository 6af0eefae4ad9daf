using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

/// <summary>The examples of Amazon's documentation of the signature in the header.</summary>
public sealed class S3SignatureTests
{
    private static readonly S3Account Example = new(new Uri("https://examplebucket.s3.amazonaws.com"), "examplebucket", "us-east-1", "AKIA" + "IOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY");
    private static readonly DateTime At = new(2013, 5, 24, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("GET", "/test.txt", "", "range:bytes=0-9", S3Signature.EmptyHash, "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [InlineData("PUT", "/test%24file.text", "", "date:Fri, 24 May 2013 00:00:00 GMT|x-amz-storage-class:REDUCED_REDUNDANCY", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")]
    [InlineData("GET", "/", "lifecycle=", "", S3Signature.EmptyHash, "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("GET", "/", "max-keys=2&prefix=J", "", S3Signature.EmptyHash, "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void The_documented_requests_have_the_documented_signatures(string method, string path, string query, string extra, string hash, string signature)
    {
        var headers = extra.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(header => header.Split(':', 2)).ToDictionary(header => header[0], header => header[1]);
        (headers["host"], headers["x-amz-date"], headers["x-amz-content-sha256"]) = ("examplebucket.s3.amazonaws.com", S3Signature.Date(At), hash);
        var parts = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=')).Select(part => KeyValuePair.Create(part[0], part[1]));
        S3Signature.Authorization(Example, method, path, parts, headers, At).ShouldEndWith(",Signature=" + signature);
    }

    [Theory]
    [InlineData("a b/c$d", true, "a%20b/c%24d")]
    [InlineData("a/b", false, "a%2Fb")]
    [InlineData("-._~", false, "-._~")]
    [InlineData("ü*'()", false, "%C3%BC%2A%27%28%29")]
    public void Everything_but_the_unreserved_is_encoded(string text, bool isPath, string encoded) => S3Signature.Encode(text, isPath).ShouldBe(encoded);

    [Fact]
    public void The_account_does_not_tell_its_key() => Example.ToString().ShouldNotContain("EXAMPLEKEY");
}
