using System.Globalization;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

/// <summary>The examples of the S3 documentation, "Signature Calculations for the Authorization Header".</summary>
public sealed class AwsSignatureTests
{
    private static readonly AwsSignature Key = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1");

    [Theory]
    [InlineData("GET", "/test.txt", "Range: bytes=0-9", "", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [InlineData("PUT", "/test%24file.text", "Date: Fri, 24 May 2013 00:00:00 GMT|x-amz-storage-class: REDUCED_REDUNDANCY", "Welcome to Amazon S3.", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")]
    [InlineData("GET", "/?lifecycle", "", "", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("GET", "/?max-keys=2&prefix=J", "", "", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    [InlineData("GET", "/?prefix=J&max-keys=2", "", "", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void A_request_is_signed_as_the_examples_are(string method, string path, string headers, string body, string signature)
    {
        var told = headers.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(header => header.Split(": ", 2)).ToDictionary(header => header[0], header => header[1]);
        var at = DateTimeOffset.Parse("2013-05-24T00:00:00Z", CultureInfo.InvariantCulture);
        var signed = Key.Sign(new HttpMethod(method), new Uri("https://examplebucket.s3.amazonaws.com" + path), told, System.Text.Encoding.UTF8.GetBytes(body), at);
        signed["Authorization"].ShouldEndWith("Signature=" + signature);
        signed["x-amz-date"].ShouldBe("20130524T000000Z");
    }
}
