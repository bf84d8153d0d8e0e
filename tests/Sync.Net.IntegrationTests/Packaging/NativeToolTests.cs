using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Packaging;

/// <summary>The native binary, published as docs/cli.md tells: a verb of each sort does there what it does elsewhere.</summary>
public sealed class NativeToolTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly string _root = Directory.CreateTempSubdirectory("sync-net-native-").FullName;

    [Fact]
    public async Task NativeBinary_RunsAVerbOfEachSort()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && (Shell.Exists("clang") || Shell.Exists("gcc")), "needs Linux, and gcc or clang as the linker");
        string project = Path.Combine(Programs.RepositoryRoot, "src", "Sync.Net.Cli");
        ProgramRun published = await Shell.RunAsync(
            Programs.DotNet,
            ["publish", project, "-c", "Release", "--ucr", "-p:PublishAot=true", "-o", "native", "--artifacts-path", Path.Combine(_root, "artifacts")],
            Limit,
            _root,
            Variables);
        Assert.True(published.ExitCode == 0, published.All);
        Assert.DoesNotContain("warning IL", published.Output, StringComparison.Ordinal);

        ProgramRun run = await Shell.RunAsync("/bin/sh", ["-c", Script], Limit, _root, Variables);

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Equal(["0.1.0", "a", "v 1", """{"a":"1","b":"2"}""", "124", "77", "from b", "a"], run.Output.Trim().Split('\n'));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>Without a key, and with one, whose macs a native program makes by itself.</summary>
    private const string Script = """
        export PATH=$PWD/native:$PATH SYNC_NET_ROSTER=a,b SYNC_NET_MEMBER=a
        serve() {
          rm -f endpoint
          syncnet serve > endpoint & server=$!
          until [ -s endpoint ]; do kill -0 $server || exit 1; done
          export SYNC_NET_ENDPOINT=$(cat endpoint)
        }
        trap 'kill $server' EXIT
        serve
        syncnet version
        syncnet self
        syncnet send ready 'k=v 1' && syncnet wait ready --get k
        syncnet data setup 1 --timeout 60 & syncnet data setup 2 --member b --timeout 60 > /dev/null && wait $!
        syncnet barrier never --timeout 0.1 2> /dev/null; echo $?
        kill $server; wait $server
        SYNC_NET_KEY='a key of some length'; export SYNC_NET_KEY
        serve
        SYNC_NET_KEY='another key of some length' syncnet sync x 2> /dev/null; echo $?
        syncnet send late 'k=from b' --member b && syncnet wait late --get k --timeout 60
        syncnet install-commands commands --profile lava > /dev/null && commands/lava-self
        """;

    private static readonly Dictionary<string, string?> Variables = new()
    {
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
