using System.Security.Cryptography;
using System.Text;
using Sync.Net.Runtime.Handshake;

namespace Sync.Net.Tests.Runtime.Handshake;

/// <summary>The plain code of native programs gives what the platform gives.</summary>
public sealed class PromptHmacTests
{
    /// <summary>Cases 1, 2, 3, 4, 6 and 7 of RFC 4231.</summary>
    public static TheoryData<string, string, string> OfRfc4231 => new()
    {
        { Repeated(0x0b, 20), Hex("Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" },
        { Hex("Jefe"), Hex("what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
        { Repeated(0xaa, 20), Repeated(0xdd, 50), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe" },
        { "0102030405060708090a0b0c0d0e0f10111213141516171819", Repeated(0xcd, 50), "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b" },
        { Repeated(0xaa, 131), Hex("Test Using Larger Than Block-Size Key - Hash Key First"), "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54" },
        {
            Repeated(0xaa, 131),
            Hex("This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm."),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        },
    };

    [Theory]
    [MemberData(nameof(OfRfc4231))]
    public void HashData_KnownCase_GivesItsMac(string key, string text, string mac) =>
        Assert.Equal(mac, Convert.ToHexStringLower(PromptHmac.HashData(Convert.FromHexString(key), Convert.FromHexString(text))));

    [Fact]
    public void HashData_EveryLengthRoundTheBlocks_GivesWhatThePlatformGives()
    {
        var random = new Random(4231);
        byte[] bytes = new byte[400];
        random.NextBytes(bytes);
        for (int keyLength = 0; keyLength <= 130; keyLength++)
        {
            for (int length = 0; length <= 200; length++)
            {
                ReadOnlySpan<byte> key = bytes.AsSpan(200, keyLength);
                Assert.Equal(HMACSHA256.HashData(key, bytes.AsSpan(0, length)), PromptHmac.HashData(key, bytes.AsSpan(0, length)));
            }
        }
    }

    [Fact]
    public void HashData_RandomLongTexts_GiveWhatThePlatformGives()
    {
        var random = new Random(180);
        for (int i = 0; i < 500; i++)
        {
            byte[] key = new byte[random.Next(200)];
            byte[] text = new byte[random.Next(20_000)];
            random.NextBytes(key);
            random.NextBytes(text);
            Assert.Equal(HMACSHA256.HashData(key, text), PromptHmac.HashData(key, text));
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(256)]
    [InlineData(1000)]
    public void Random_TwoTimes_GivesOtherBytesOfThatLength(int count)
    {
        byte[] first = PromptRandom.Bytes(count);
        Assert.Equal(count, first.Length);
        Assert.NotEqual(first, PromptRandom.Bytes(count));
        Assert.NotEqual(new byte[count], first);
    }

    private static string Hex(string text) => Convert.ToHexString(Encoding.ASCII.GetBytes(text));

    private static string Repeated(byte value, int count) => Convert.ToHexString(Enumerable.Repeat(value, count).ToArray());
}
