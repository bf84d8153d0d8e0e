using System.Reflection;
using System.Runtime.InteropServices;

namespace Sync.Net.IntegrationTests.Harness;

/// <summary>Where the programs are that tests start.</summary>
internal static class Programs
{
    public static string RepositoryRoot { get; } = Path.GetFullPath(Metadata("RepositoryRoot"));

    /// <summary>The host that runs this process, so that children get the same runtime.</summary>
    public static string DotNet { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    public static string TestMember { get; } = Built("Sync.Net.TestMember", "Sync.Net.TestMember.dll");

    public static string TestRunner { get; } = Built("Sync.Net.TestRunner", "Sync.Net.TestRunner.dll");

    public static string SyncNet { get; } = Built("Sync.Net.Cli", "syncnet.dll");

    private static string Built(string project, string file) =>
        Path.Combine(Metadata("ArtifactsPath"), "bin", project, Metadata("Configuration"), file);

    private static string Metadata(string key) => typeof(Programs).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == key).Value!;
}
