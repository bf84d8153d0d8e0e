using System.Globalization;
using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Packaging;

/// <summary>
/// The package as this checkout makes it, in a folder outside the repository that stands for another developer's machine. Packages come
/// from what the machine is configured for; ours has a version and a cache of its own, so that no older one is ever taken for it.
/// </summary>
public sealed class PackedLibrary : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly string _root = Directory.CreateTempSubdirectory("sync-net-consumer-").FullName;

    internal string Version { get; } = string.Create(CultureInfo.InvariantCulture, $"0.0.1-test.{System.Environment.ProcessId}");

    public async ValueTask InitializeAsync()
    {
        string feed = Path.Combine(_root, "feed");
        string library = Path.Combine(Programs.RepositoryRoot, "src", "Sync.Net");
        string artifacts = Path.Combine(_root, "artifacts");
        ProgramRun packed = await RunAsync(
            Programs.RepositoryRoot, "pack", library, "-c", "Release", "-o", feed, $"-p:Version={Version}", "--artifacts-path", artifacts);
        Assert.True(packed.ExitCode == 0, packed.All);
        Directory.CreateDirectory(DownloadedPackages);
        await File.WriteAllTextAsync(Path.Combine(_root, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="built here" value="{feed}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="downloaded before" value="{DownloadedPackages}" />
              </fallbackPackageFolders>
            </configuration>
            """);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes a project from the SDK's own template.</summary>
    internal async Task<ConsumerProject> CreateAsync(string template, string name)
    {
        string folder = Path.Combine(_root, name);
        ProgramRun made = await RunAsync(_root, "new", template, "-o", folder, "--no-restore");
        Assert.True(made.ExitCode == 0, made.All);
        return new ConsumerProject(this, folder, name);
    }

    internal Task<ProgramRun> RunAsync(string folder, params string[] arguments) =>
        Shell.RunAsync(Programs.DotNet, arguments, Limit, folder, Environment);

    private static string DownloadedPackages => System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>A developer's shell: nothing of the build that runs this test, and no helper process that would outlive it.</summary>
    private Dictionary<string, string?> Environment => new()
    {
        ["NUGET_PACKAGES"] = Path.Combine(_root, "packages"),
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["UseSharedCompilation"] = "false",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["MSBuildSDKsPath"] = null,
        ["MSBUILD_EXE_PATH"] = null,
        ["MSBuildExtensionsPath"] = null,
    };
}
