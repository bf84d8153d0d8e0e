using System.Globalization;

namespace Sync.Net.Runner.Hosts;

/// <summary>A control group (cgroup v2) a worker, where the system lets the runner make one: nothing leaves it, whatever it scrubs or detaches from.</summary>
internal static class ControlGroup
{
    /// <summary>How the folders begin; the cookie follows.</summary>
    public const string Prefix = "sync-net-";

    private static readonly Lazy<string?> _parent = new(FindParent);

    /// <summary>The runner's own group, below which the workers' are made; null where there is none.</summary>
    public static string? Parent => _parent.Value;

    /// <summary>Makes the worker's group.</summary>
    /// <returns>The file that a process writes its id to in order to join; null where none can be made.</returns>
    public static string? Create(string cookie)
    {
        if (Folder(cookie) is not { } folder) return null;
        try
        {
            string file = Path.Combine(Directory.CreateDirectory(folder).FullName, "cgroup.procs");
            if (IsWritable(file)) return file;
            Remove(cookie);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }

        return null;
    }

    public static IReadOnlyList<int> Processes(string cookie)
    {
        if (Folder(cookie) is not { } folder || !Directory.Exists(folder)) return [];
        try
        {
            return
            [
                .. Directory.EnumerateFiles(folder, "cgroup.procs", SearchOption.AllDirectories)
                    .SelectMany(File.ReadAllLines)
                    .Select(line => int.Parse(line, CultureInfo.InvariantCulture)),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Removes the group once it is empty.</summary>
    public static void Remove(string cookie)
    {
        if (Folder(cookie) is not { } folder || !Directory.Exists(folder)) return;
        try
        {
            // Its files are the kernel's: only folders are removed, the innermost first.
            foreach (string inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).OrderByDescending(f => f.Length).Append(folder)) Directory.Delete(inner);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static string? Folder(string cookie) => Parent is { } parent ? Path.Combine(parent, Prefix + cookie) : null;

    private static bool IsWritable(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        return stream.CanWrite;
    }

    private static string? FindParent()
    {
        const string UnifiedEntry = "0::";
        if (!OperatingSystem.IsLinux()) return null;
        try
        {
            string? path = File.ReadLines("/proc/self/cgroup").FirstOrDefault(line => line.StartsWith(UnifiedEntry, StringComparison.Ordinal))?[UnifiedEntry.Length..];
            string? mount = File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')).FirstOrDefault(fields => fields.Length > 2 && fields[2] == "cgroup2")?[1];
            if (path is null || mount is null) return null;
            string parent = Path.Combine(mount, path.TrimStart('/'));
            return Directory.Exists(parent) ? parent : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
