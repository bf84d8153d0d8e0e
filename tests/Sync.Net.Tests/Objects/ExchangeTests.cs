using System.Buffers;
using MessagePack;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Objects;

/// <summary>B1, B2, B3, B7 and B8 as the users of an exchange see them.</summary>
public sealed class ExchangeTests : ObjectTest
{
    private const string Secret = "hunter2";

    [Fact]
    public async Task B1_NoSessionId_IsAnArgumentError()
    {
        Assert.Throws<ArgumentException>(() => new SyncData<string>("h#1", "h#1", Two, ""));
        Assert.Throws<ArgumentNullException>(() => new SyncData<string>("h#1", "h#1", Two, null!));
        SyncData<string> data = MakeData<string>("h#1", "setup", Two);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => data.SyncAsync("mine", sessionId: "", cancellationToken: Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => data.ReadAsync(sessionId: "", cancellationToken: Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => data.SingleSyncAsync("mine", sessionId: "", cancellationToken: Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => data.AbortAsync("no", sessionId: "", Token));
    }

    [Fact]
    public async Task B1_SessionIdOfTheCall_CountsBeforeTheObjects()
    {
        SyncData<string>[] data = await OneProcessAsync<string>("first");

        SyncResult<string>[] results = await AllAsync(
            data[0].SyncAsync("one", sessionId: "second", cancellationToken: Token),
            data[0].SyncAsync("uno", Token),
            data[1].SyncAsync("eins", sessionId: "first", cancellationToken: Token),
            data[1].SyncAsync("two", sessionId: "second", cancellationToken: Token));

        Assert.Equal(["second", "first", "first", "second"], results.Select(r => r.Meeting.Session));
        Assert.Equal(["one", "two"], results[0].Values.Order(StringComparer.Ordinal));
        Assert.Equal(["eins", "uno"], results[1].Values.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task B1_TimeoutOfTheCall_CountsBeforeTheObjectsAndTheDefaultIsSixtySeconds()
    {
        SyncData<string>[] data = await OneProcessAsync<string>("setup");

        Task<SyncResult<string>> byDefault = data[0].ReadAsync(Token);
        Task<SyncResult<string>> said = data[0].ReadAsync(TimeSpan.FromSeconds(10), "other", cancellationToken: Token);
        Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(TimeSpan.FromSeconds(10), (await FailureAsync(said)).Elapsed);
        Time.Advance(TimeSpan.FromMilliseconds(49_999));
        Assert.False(byDefault.IsCompleted);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal((SyncFailureKind.Timeout, TimeSpan.FromSeconds(60)), ((await FailureAsync(byDefault)).Kind, (await FailureAsync(byDefault)).Elapsed));
    }

    [Fact]
    public async Task B1_SingleSyncThatFails_DisposesAllTheSame()
    {
        SyncData<string>[] data = await OneProcessAsync<string>("setup");

        await FailureAsync(data[0].SingleSyncAsync("mine", TimeSpan.Zero, cancellationToken: Token));

        await Assert.ThrowsAsync<ObjectDisposedException>(() => data[0].ReadAsync(Token));
    }

    [Fact]
    public async Task B2_NoServerGiven_TheMasterMakesItAndItEndsWithTheMaster()
    {
        SimulatedProcess master = StartProcess();
        SimulatedProcess other = StartProcess();
        SyncData<string> first = MakeData<string>("h#1", "setup", Two, Options(master));
        Task<SyncResult<string>> hosting = first.SyncAsync("one", Token);

        SyncResult<string>[] results = await AllAsync(hosting, MakeData<string>("h#2", "setup", Two, Options(other)).SyncAsync("two", Token));
        Assert.Equal((0, 1), (master.Connections, other.Connections));
        Assert.Equal("h#1", results[1].Meeting.Master);
        await AdvanceUntilAsync(first.DisposeAsync().AsTask());

        await Assert.ThrowsAsync<IOException>(() => StartProcess().ConnectAsync(SyncEndpoint.Tcp("h", 11922), Token).AsTask());
    }

    [Fact]
    public async Task B2_GivenServer_IsSharedAndNotClosedByItsUsers()
    {
        SimulatedProcess process = StartProcess();
        SyncServer server = await StartServerAsync(process);

        for (int i = 0; i < 2; i++)
        {
            SyncData<string>[] data = [.. Two.Select(id => MakeData<string>(id, "setup", Two, Options(process), server: server))];
            await AllAsync([.. data.Select(d => d.SyncAsync("mine", Token))]);
            foreach (SyncData<string> each in data) await each.DisposeAsync();
        }

        Assert.False(server.Completion.IsCompleted);
    }

    [Fact]
    public async Task B3_TwoMembersOfOneAddress_HaveAKeyEach()
    {
        SyncData<string>[] data = await OneProcessAsync<string>("setup");

        SyncResult<string>[] results = await AllAsync(data[0].SyncAsync("one", Token), data[1].SyncAsync("two", Token));

        Assert.All(results, r => Assert.Equal(("one", "two", 2), (r["h#1"], r["h#2"], r.Count)));
        Assert.All(results, r => Assert.False(r.ContainsKey("h")));
    }

    [Fact]
    public async Task B7_NoData_IsNotTheDefaultOfItsType()
    {
        SyncData<int>[] data = await OneProcessAsync<int>("setup");

        SyncResult<int>[] results = await AllAsync(data[0].SyncAsync(0, Token), data[1].SyncAsync());

        Assert.All(results, r => Assert.Equal(["h#1"], r.Keys));
        Assert.All(results, r => Assert.Equal(["h#2"], r.WithoutData));
        Assert.All(results, r => Assert.Equal(0, r.OnlyValue));
    }

    [Fact]
    public async Task B7_Null_IsAnArgumentErrorAndNotNoData()
    {
        SyncData<string>[] data = await OneProcessAsync<string>("setup");

        await Assert.ThrowsAsync<ArgumentNullException>(() => data[0].SyncAsync(null!, Token));
    }

    [Fact]
    public async Task B7_LoopFlag_TheReadersGoOnUntilThePublisherSaysStop()
    {
        SyncData<bool>[] data = await OneProcessAsync<bool>("go on?");

        Task<int> publisher = PublishAsync(data[0], rounds: 5);
        Task<int> reader = ReadAsync(data[1]);

        Assert.All(await AllAsync(publisher, reader), rounds => Assert.Equal(5, rounds));

        async Task<int> PublishAsync(SyncData<bool> own, int rounds)
        {
            for (int i = 1; i <= rounds; i++) await own.SyncAsync(i < rounds, Token);
            return rounds;
        }

        async Task<int> ReadAsync(SyncData<bool> own)
        {
            for (int i = 1; ; i++)
            {
                if (!(await own.ReadAsync(Token))["h#1"]) return i;
            }
        }
    }

    [Fact]
    public async Task B7_RolesSwap_EachGivesInItsTurn()
    {
        SyncData<string>[] data = await OneProcessAsync<string>("turn");

        for (int round = 1; round <= 4; round++)
        {
            SyncData<string> giver = data[round % 2];
            SyncData<string> reader = data[1 - round % 2];
            SyncResult<string>[] results = await AllAsync(giver.SyncAsync($"round {round}", Token), reader.SyncAsync());
            Assert.All(results, r => Assert.Equal((round, $"round {round}"), (r.Meeting.Generation, r.OnlyValue)));
        }
    }

    [Fact]
    public async Task B8_UnreadableValue_NamesTheGiverAndNeverTheValue()
    {
        SimulatedProcess process = StartProcess();
        SyncServer server = await StartServerAsync(process);
        SyncOptions lying = Options(process);
        lying.Serializer = new Forger("Int32", MessagePackSerializer.Serialize(Secret, cancellationToken: Token));
        SyncData<int> giver = MakeData<int>("h#1", "setup", Two, lying, server: server);
        SyncData<int> reader = MakeData<int>("h#2", "setup", Two, Options(process), server: server);

        Task<SyncResult<int>> reads = reader.ReadAsync(Token);
        await giver.SyncAsync(1, Token).WaitAsync(Token);
        var e = await Assert.ThrowsAsync<SyncException>(() => reads.WaitAsync(Token));

        Assert.Equal((SyncFailureKind.Payload, "h#1"), (e.Failure.Kind, e.Failure.Culprit));
        Assert.DoesNotContain(Secret, e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task B8_NameOfATypeInAValue_IsNeitherLoadedNorMade()
    {
        SimulatedProcess process = StartProcess();
        SyncServer server = await StartServerAsync(process);
        SyncOptions hostile = Options(process);
        hostile.Serializer = new Forger("Object", MessagePackSerializer.Typeless.Serialize(new Trap(), cancellationToken: Token)!);
        Trap.Made = 0;
        SyncData<object> giver = MakeData<object>("h#1", "setup", Two, hostile, server: server);
        SyncData<object> reader = MakeData<object>("h#2", "setup", Two, Options(process), server: server);

        Task<SyncResult<object>> reads = reader.ReadAsync(Token);
        await giver.SyncAsync(1, Token).WaitAsync(Token);
        SyncFailure failure = await FailureAsync(reads);

        Assert.Equal((SyncFailureKind.Payload, "h#1"), (failure.Kind, failure.Culprit));
        Assert.Equal(0, Trap.Made);
    }

    /// <summary>Both members in one process, at a server of their own.</summary>
    private async Task<SyncData<T>[]> OneProcessAsync<T>(string session)
        where T : notnull
    {
        SimulatedProcess process = StartProcess();
        SyncServer server = await StartServerAsync(process);
        return [.. Two.Select(id => MakeData<T>(id, session, Two, Options(process), server: server))];
    }

    /// <summary>Writes what it likes, under a contract that the others expect.</summary>
    private sealed class Forger(string contract, byte[] bytes) : ISyncSerializer
    {
        public void Serialize<T>(IBufferWriter<byte> writer, T value)
            where T : notnull => writer.Write(bytes);

        public T Deserialize<T>(ReadOnlyMemory<byte> data)
            where T : notnull => (T)(object)1;

        public string GetContract(Type type) => contract;
    }
}

public sealed class Trap
{
    public Trap() => Made++;

    public static int Made { get; set; }

    public string Name { get; set; } = "trap";
}
