using System.Security.Cryptography;
using Shouldly;

namespace Rialto.Kernel.Tests;

/// <summary>The vectors of the GCM submission to NIST, cases 13 to 16: keys of 256 bits, nonces of 96.</summary>
public sealed class GcmTests
{
    private const string LongKey = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    private const string LongPlain = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
    private const string LongText = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662";
    private const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";

    [Theory]
    [InlineData(Zeros, "000000000000000000000000", "", "", "", "530f8afbc74536b9a963b4f1c4cb738b")]
    [InlineData(Zeros, "000000000000000000000000", "00000000000000000000000000000000", "", "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919")]
    [InlineData(LongKey, "cafebabefacedbaddecaf888", LongPlain + "1aafd255", "", LongText + "898015ad", "b094dac5d93471bdec1a502270e3cc6c")]
    [InlineData(LongKey, "cafebabefacedbaddecaf888", LongPlain, "feedfacedeadbeeffeedfacedeadbeefabaddad2", LongText, "76fc6ece0f4e1768cddf8853bb2d551b")]
    public void The_published_vectors_come_out(string key, string nonce, string plain, string associated, string text, string tag)
    {
        var made = Gcm.Seal(Convert.FromHexString(key), Convert.FromHexString(nonce), Convert.FromHexString(plain), Convert.FromHexString(associated));
        Convert.ToHexStringLower(made).ShouldBe(nonce + text + tag);
        Convert.ToHexStringLower(Gcm.Open(Convert.FromHexString(key), made, Convert.FromHexString(associated))).ShouldBe(plain);
    }

    [Fact]
    public void Any_changed_bit_is_noticed()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var text = Gcm.Seal(key, "a secret"u8, "place"u8);
        for (var bit = 0; bit < text.Length * 8; bit++)
        {
            var changed = text.ToArray();
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            Should.Throw<CryptographicException>(() => Gcm.Open(key, changed, "place"u8));
        }
        Should.Throw<CryptographicException>(() => Gcm.Open(key, text, "other"u8));
        Should.Throw<CryptographicException>(() => Gcm.Open(key, text[..20], "place"u8));
    }

    [Fact]
    public void The_same_words_never_look_the_same()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        Enumerable.Range(0, 1000).Select(_ => Convert.ToHexString(Gcm.Seal(key, "same"u8, default))).Distinct().Count().ShouldBe(1000);
    }
}
