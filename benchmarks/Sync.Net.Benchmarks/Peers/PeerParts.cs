using Sync.Net.Benchmarks.Members;
using Sync.Net.Benchmarks.Peers.Members;
using Sync.Net.Benchmarks.Peers.Servers;

namespace Sync.Net.Benchmarks.Peers;

/// <summary>Each peer with its server, its members and its bars.</summary>
internal static class PeerParts
{
    private const int GatheredBytes = 64;

    private static readonly Pace Quick = new(WarmUp: 4_000, Counted: 10_000);
    private static readonly Pace Slow = new(WarmUp: 400, Counted: 600);
    private static readonly IReadOnlyList<int> Sizes = [2, 8, 32];
    private static readonly IReadOnlyList<int> MpiSizes = [8, 64];
    private static readonly Bar Half = new(0.5);
    private static readonly Bar Equal = new(1.0);
    private static readonly Bar Below = new(1.0, MustBeBelow: true);

    private static readonly Dictionary<string, Func<PeerBench, Task>> Runs = new(StringComparer.Ordinal)
    {
        ["redis"] = RunRedisAsync,
        ["etcd"] = RunEtcdAsync,
        ["zookeeper"] = RunZooKeeperAsync,
        ["mpi"] = MeetMpiAsync,
        ["mpi-allgather"] = GiveMpiAsync,
    };

    public static IEnumerable<string> Names => Runs.Keys;

    public static Task RunAsync(string name, PeerBench bench) => Runs[name](bench);

    private static async Task RunRedisAsync(PeerBench bench)
    {
        await using PeerServer server = await PeerServer.StartAsync(bench.Guard, new RedisServer(), bench.CancellationToken);
        Pace pace = bench.Program.PaceOf(warmUp: 10_000, counted: 5_000);
        var rivals = new List<Rival>
        {
            new(
                [
                    new PeerMembers(bench.Program.Path, "Redis, C#, publish", PeerClient.RedisPublish, server.Port, pace),
                    new PeerMembers(bench.Program.Path, "Redis, C#, script-publish", PeerClient.RedisScript, server.Port, pace),
                ],
                Half),
        };
        try
        {
            string program = await PeerProgram.BuildAsync("gcc", "redis_barrier", "-lhiredis");
            string[] ways = ["blpop", "publish", "script-blpop", "script-publish"];
            rivals.Add(new Rival(
                [.. ways.Select(way => new NativeMembers($"Redis, C, {way}", program, [$"{server.Port}", way], Quick))], Equal));
        }
        catch (PeerUnavailableException e)
        {
            bench.Report.Skip("Redis, C", e.Message);
        }
        await MeetAsync(bench, rivals);
    }

    private static async Task RunEtcdAsync(PeerBench bench)
    {
        await using PeerServer server = await PeerServer.StartAsync(bench.Guard, new EtcdServer(), bench.CancellationToken);
        await MeetAsync(bench, [new Rival([new PeerMembers(bench.Program.Path, "etcd, C#", PeerClient.Etcd, server.Port, Slow)], Half)]);
    }

    private static async Task RunZooKeeperAsync(PeerBench bench)
    {
        string program = await PeerProgram.BuildAsync("gcc", "zookeeper_barrier", "-lzookeeper_mt", "-pthread");
        await using PeerServer server = await PeerServer.StartAsync(bench.Guard, new ZooKeeperServer(), bench.CancellationToken);
        await MeetAsync(bench, [new Rival([new NativeMembers("ZooKeeper, C", program, [$"{server.Port}"], Slow)], Half)]);
    }

    private static async Task MeetMpiAsync(PeerBench bench)
    {
        string program = await PeerProgram.BuildAsync("mpicc", "mpi_rounds");
        var ranks = new MpiRanks("MPI_Barrier", bench.Guard, program, bytes: 0, Quick);
        foreach (int size in bench.SizesOr(MpiSizes)) await MeetAsync(bench, size, [new Rival([ranks], Below)]);
    }

    private static async Task GiveMpiAsync(PeerBench bench)
    {
        string program = await PeerProgram.BuildAsync("mpicc", "mpi_rounds");
        var ours = new OurMembers(bench.Program.Path, bench.Program.HasServer, Primitive.Data, GatheredBytes, OurPace(bench));
        var ranks = new MpiRanks("MPI_Allgather", bench.Guard, program, GatheredBytes, Quick);
        foreach (int size in bench.SizesOr(MpiSizes))
            await bench.CompareAsync($"SyncData of {GatheredBytes} bytes", size, ours, [new Rival([ranks], Bar.None)]);
    }

    private static async Task MeetAsync(PeerBench bench, IReadOnlyList<Rival> rivals)
    {
        foreach (int size in bench.SizesOr(Sizes)) await MeetAsync(bench, size, rivals);
    }

    private static Task MeetAsync(PeerBench bench, int size, IReadOnlyList<Rival> rivals) =>
        bench.CompareAsync("Barrier", size, new OurMembers(bench.Program.Path, bench.Program.HasServer, Primitive.Barrier, 0, OurPace(bench)), rivals);

    private static Pace OurPace(PeerBench bench) => bench.Program.PaceOf(warmUp: 20_000, counted: 10_000);
}
