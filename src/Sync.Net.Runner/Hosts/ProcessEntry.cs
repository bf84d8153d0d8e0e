using System.Globalization;

namespace Sync.Net.Runner.Hosts;

/// <summary>A process as the kernel's table shows it.</summary>
/// <param name="Id">Its id, which another process gets once it has ended.</param>
/// <param name="Parent">The process that started it, or the one that took it over.</param>
/// <param name="Session">The id of the process that began its session.</param>
/// <param name="Started">When it began, in the kernel's ticks since the system did: with the id it names one process for ever.</param>
internal readonly record struct ProcessEntry(int Id, int Parent, int Session, long Started)
{
    /// <summary>All that live; none where there is no /proc. Those that have ended and wait for their parent don't count.</summary>
    public static IReadOnlyDictionary<int, ProcessEntry> All()
    {
        Dictionary<int, ProcessEntry> all = [];
        if (!OperatingSystem.IsLinux()) return all;
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && Read(id) is { } entry) all[id] = entry;
        }

        return all;
    }

    public static ProcessEntry? Read(int id)
    {
        if (Content(id, "stat") is not { } stat) return null;

        // The name is in parentheses and may hold anything, parentheses and spaces too.
        string text = System.Text.Encoding.Latin1.GetString(stat);
        string[] fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 20 || fields[0] is "Z" or "X") return null;
        return new ProcessEntry(id, Number(fields[1]), Number(fields[3]), long.Parse(fields[19], CultureInfo.InvariantCulture));
    }

    /// <summary>Whether the process was started with a variable of this value.</summary>
    public static bool HasVariable(int id, ReadOnlySpan<byte> assignment)
    {
        if (Content(id, "environ") is not { } environment) return false;
        ReadOnlySpan<byte> rest = environment;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)0);
            if ((end < 0 ? rest : rest[..end]).SequenceEqual(assignment)) return true;
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return false;
    }

    private static byte[]? Content(int id, string file)
    {
        try
        {
            return File.ReadAllBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended since, or is somebody else's.
            return null;
        }
    }

    private static int Number(string field) => int.Parse(field, CultureInfo.InvariantCulture);
}
