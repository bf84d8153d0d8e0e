namespace Sync.Net.Runner.Hosts;

/// <summary>Finds programs as a shell does.</summary>
internal static class ProgramSearch
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <returns>Its path; null if there is none that may be run.</returns>
    public static string? Find(string name, string folder, string? path)
    {
        if (OperatingSystem.IsWindows()) return name;
        if (name.Contains('/', StringComparison.Ordinal)) return IsProgram(Path.Combine(folder, name)) ? Path.Combine(folder, name) : null;
        return (path ?? "/usr/local/bin:/usr/bin:/bin").Split(':').Select(f => Path.Combine(folder, f, name)).FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string file) => File.Exists(file) && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Executable) != 0;
}
