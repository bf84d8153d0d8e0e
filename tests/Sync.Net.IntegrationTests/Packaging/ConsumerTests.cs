using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Packaging;

/// <summary>
/// System.Threading has a Barrier too, and implicit usings import it everywhere (CS0104): the package must work in the
/// projects that people have.
/// </summary>
public sealed class ConsumerTests(PackedLibrary packed) : IClassFixture<PackedLibrary>
{
    private const string TwoMembersMeet = """
        await using SyncServer server = await SyncServer.StartAsync();
        string[] roster = ["a", "b"];
        await using var a = new Barrier("a", "server-up", TimeSpan.FromSeconds(30), roster, server.CreateMemberOptions("a"), server);
        await using var b = new Barrier("b", "server-up", TimeSpan.FromSeconds(30), roster, server.CreateMemberOptions("b"), server);
        RendezvousResult[] met = await Task.WhenAll(a.RendezvousAsync(), b.RendezvousAsync());
        """;

    private const string ThreadBarrier = """
        using Barrier barrier = new(1);
        barrier.SignalAndWait();
        Console.WriteLine(barrier.GetType().FullName);
        """;

    [Fact]
    public async Task DefaultConsoleProject_UsesBarrierAndDataOfItsOwnType_Runs()
    {
        ConsumerProject console = await packed.CreateAsync("console", "console");
        await console.AddPackageAsync();
        await console.WriteAsync("Program.cs", $$"""
            using Sync.Net;

            {{TwoMembersMeet}}
            Console.WriteLine($"{met[0].Count} met");
            await using var data = new SyncData<Node>("a", "a", ["a"], "setup", options: server.CreateMemberOptions("a"), server: server);
            Console.WriteLine((await data.SyncAsync(new Node("alpha", 4711))).OnlyValue);

            internal sealed record Node(string Name, int Port);
            """);

        ProgramRun run = await console.RunAsync("run");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Contains("2 met", run.Output, StringComparison.Ordinal);
        Assert.Contains("Node { Name = alpha, Port = 4711 }", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", run.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task DefaultXunitProject_UsesBarrier_Passes()
    {
        ConsumerProject tests = await packed.CreateAsync("xunit", "tests");
        await tests.AddPackageAsync();
        await tests.WriteAsync("UnitTest1.cs", $$"""
            using Sync.Net;

            namespace tests;

            public class UnitTest1
            {
                [Fact]
                public async Task Test1()
                {
                    {{TwoMembersMeet}}
                    Assert.Equal(2, met[0].Count);
                }
            }
            """);

        ProgramRun run = await tests.RunAsync("test");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Matches(@"Passed:\s+1\b", run.Output);
    }

    [Fact]
    public async Task AliasSwitchedOff_LeavesTheNameAlone()
    {
        ConsumerProject console = await packed.CreateAsync("console", "switched-off");
        await console.AddPackageAsync();
        await console.AddPropertyAsync("SyncNetBarrierAlias", "false");
        await console.WriteAsync("Program.cs", ThreadBarrier);
        ProgramRun withoutUs = await console.RunAsync("run");
        await console.WriteAsync("Program.cs", "using Sync.Net;\n" + TwoMembersMeet);
        ProgramRun withUs = await console.RunAsync("build");

        Assert.True(withoutUs.ExitCode == 0, withoutUs.All);
        Assert.Contains("System.Threading.Barrier", withoutUs.Output, StringComparison.Ordinal);
        Assert.NotEqual(0, withUs.ExitCode);
        Assert.Contains("CS0104", withUs.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProjectThatReferencesALibraryThatUsesUs_KeepsItsBarrier()
    {
        ConsumerProject library = await packed.CreateAsync("classlib", "library");
        await library.AddPackageAsync();
        await library.WriteAsync("Class1.cs", """
            using Sync.Net;

            namespace library;

            public static class Class1
            {
                public static Barrier Make() => new("a", "server-up");
            }
            """);
        ConsumerProject console = await packed.CreateAsync("console", "beyond");
        await console.AddReferenceAsync(library);
        await console.WriteAsync("Program.cs", ThreadBarrier + "\nConsole.WriteLine(library.Class1.Make().GetType().FullName);");

        ProgramRun run = await console.RunAsync("run");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Contains("System.Threading.Barrier", run.Output, StringComparison.Ordinal);
        Assert.Contains("Sync.Net.Barrier", run.Output, StringComparison.Ordinal);
    }
}
