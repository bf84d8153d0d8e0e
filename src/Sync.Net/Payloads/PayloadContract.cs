using System.Globalization;
using System.Text;

namespace Sync.Net.Payloads;

/// <summary>
/// The name under which values of a type travel: the type's own, without namespace, enclosing types and assembly, so
/// that two programs may each declare their own <c>NodeInfo</c>; generic arguments stand in angle brackets, and arrays end in
/// <c>[]</c>. Byte arrays and byte memory are <c>bytes</c>, a string is <c>string</c>.
/// </summary>
internal static class PayloadContract
{
    public const string Bytes = "bytes";
    public const string Text = "string";

    /// <summary>A map of strings, as messages carry it.</summary>
    public const string Map = "map";
    private const int MaxBytes = 200;

    public static string NameOf(Type type) => Shorten(FullNameOf(type));

    /// <summary>Whether both sides name a contract, and not the same.</summary>
    public static bool Differ(string? theirs, string? ours) =>
        !string.IsNullOrEmpty(theirs) && !string.IsNullOrEmpty(ours) && theirs != ours;

    /// <summary>A name too long to travel is cut, and ends in a hash of the whole.</summary>
    public static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MaxBytes) return name;
        uint hash = 2166136261;
        foreach (byte b in Encoding.UTF8.GetBytes(name)) hash = (hash ^ b) * 16777619;
        int kept = 0;
        int bytes = 0;
        foreach (Rune rune in name.EnumerateRunes())
        {
            if ((bytes += rune.Utf8SequenceLength) > MaxBytes - 10) break;
            kept += rune.Utf16SequenceLength;
        }
        return $"{name[..kept]}~{hash.ToString("x8", CultureInfo.InvariantCulture)}";
    }

    private static string FullNameOf(Type type)
    {
        if (type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>)) return Bytes;
        if (type == typeof(string)) return Text;
        if (type.IsArray) return $"{FullNameOf(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (!type.IsGenericType) return type.Name;
        // A type nested in a generic one has the outer arguments too, and maybe none of its own.
        string name = type.Name.Split('`')[0];
        return $"{name}<{string.Join(",", type.GetGenericArguments().Select(FullNameOf))}>";
    }
}
