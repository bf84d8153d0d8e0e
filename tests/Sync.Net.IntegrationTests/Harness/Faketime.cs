namespace Sync.Net.IntegrationTests.Harness;

/// <summary>The library that sets the clock of a process wrong.</summary>
internal static class Faketime
{
    /// <summary>Null where it is not installed.</summary>
    public static string? Library { get; } = Directory.Exists("/usr/lib")
        ? Directory.GetDirectories("/usr/lib", "faketime", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Select(static folder => Path.Combine(folder, "libfaketime.so.1"))
            .FirstOrDefault(File.Exists)
        : null;
}
