namespace Sync.Net.Texts;

/// <summary>Lists names in a message.</summary>
internal static class NameList
{
    /// <summary>How many names a message shows; properties always have them all.</summary>
    public const int Shown = 8;

    public static string Of<T>(IReadOnlyList<T> items)
    {
        string shown = string.Join(", ", items.Take(Shown));
        return items.Count > Shown ? $"{shown} and {items.Count - Shown} more" : shown;
    }
}
