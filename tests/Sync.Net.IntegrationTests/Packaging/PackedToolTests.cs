using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Packaging;

/// <summary>The tool's package as this checkout makes it, installed the way that docs/cli.md tells.</summary>
public sealed class PackedToolTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly string _root = Directory.CreateTempSubdirectory("sync-net-tool-").FullName;

    [Fact]
    public async Task InstalledTool_TellsItsVersionMeetsAndInstallsCommands()
    {
        string version = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"0.0.1-test.{Environment.ProcessId}");
        string feed = Path.Combine(_root, "feed");
        string project = Path.Combine(Programs.RepositoryRoot, "src", "Sync.Net.Cli");
        await DotNetAsync("pack", project, "-c", "Release", "-o", feed, $"-p:Version={version}", "--artifacts-path", Path.Combine(_root, "artifacts"));
        await DotNetAsync("tool", "install", "Sync.Net.Cli", "--tool-path", Path.Combine(_root, "bin"), "--version", version, "--source", feed);
        string tool = Path.Combine(_root, "bin", "syncnet");

        ProgramRun told = await Shell.RunAsync(tool, ["version"], Limit, _root, Variables);
        ProgramRun met = await RunAsync($$"""
            {{tool}} serve --port-file port > endpoint &
            server=$!
            trap 'kill $server' EXIT
            until [ -s endpoint ]; do kill -0 $server || exit 1; done
            export SYNC_NET_ENDPOINT=$(cat endpoint) SYNC_NET_ROSTER=a,b
            {{tool}} barrier start --member a --timeout 60 &
            {{tool}} barrier start --member b --timeout 60 && wait $!
            """);
        ProgramRun called = await RunAsync($"{tool} install-commands commands --profile lava && SYNC_NET_MEMBER=web1 commands/lava-self");

        Assert.True(told.ExitCode == 0, told.All);
        Assert.Equal(version, told.Output.Trim());
        Assert.True(met.ExitCode == 0, met.All);
        Assert.True(called.ExitCode == 0, called.All);
        Assert.EndsWith("web1", called.Output.Trim(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private Dictionary<string, string?> Variables => new()
    {
        ["NUGET_PACKAGES"] = Path.Combine(_root, "packages"),
        ["DOTNET_ROOT"] = Path.GetDirectoryName(Programs.DotNet),
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["UseSharedCompilation"] = "false",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["MSBuildSDKsPath"] = null,
        ["MSBUILD_EXE_PATH"] = null,
        ["MSBuildExtensionsPath"] = null,
    };

    private async Task DotNetAsync(params string[] arguments)
    {
        Dictionary<string, string?> variables = Variables;
        // Packing takes what the build that runs this test has downloaded; only the installed tool has a cache of its own.
        if (arguments[0] == "pack") variables.Remove("NUGET_PACKAGES");
        ProgramRun run = await Shell.RunAsync(Programs.DotNet, arguments, Limit, _root, variables);
        Assert.True(run.ExitCode == 0, run.All);
    }

    private Task<ProgramRun> RunAsync(string script) => Shell.RunAsync("/bin/sh", ["-c", script], Limit, _root, Variables);
}
