namespace Sync.Net.Runner.Plans;

/// <summary>Finds the name that was likely meant.</summary>
internal static class Spelling
{
    private const int MaxEdits = 2;

    /// <summary>The nearest of the names, if it is near.</summary>
    public static string? Nearest(string name, IEnumerable<string> names)
    {
        (string? Name, int Edits) best = (null, MaxEdits + 1);
        foreach (string other in names.Order(StringComparer.Ordinal))
        {
            int edits = Edits(name.ToUpperInvariant(), other.ToUpperInvariant());
            if (edits < best.Edits) best = (other, edits);
        }
        return best.Edits < best.Name?.Length ? best.Name : null;
    }

    /// <summary>How many characters must be added, removed or replaced.</summary>
    private static int Edits(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}
