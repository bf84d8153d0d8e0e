using System.Globalization;
using System.Security.Cryptography;

namespace Sync.Net.TestMember.Targets;

/// <summary>Large payloads that need not cross the protocol: made from <c>SEED:LENGTH</c>, told as length and hash.</summary>
internal static class Blob
{
    public static byte[] Make(string text)
    {
        string[] parts = text.Split(':');
        byte[] bytes = new byte[int.Parse(parts[1], CultureInfo.InvariantCulture)];
        byte[] seed = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(parts[0]));
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(seed[i % seed.Length] + (i / seed.Length));
        return bytes;
    }

    public static string Describe(byte[] bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes.Length}:{Convert.ToHexString(SHA256.HashData(bytes))}");
}
