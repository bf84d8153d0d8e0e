using Microsoft.Extensions.Time.Testing;
using Sync.Net.Runtime.Handshake;
using Sync.Net.Transport;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

/// <summary>A server on a network of its own, whose time stands still unless the test moves it.</summary>
public abstract class ServerTest : BoundedTest, IAsyncLifetime
{
    private readonly List<RawMember> _members = [];

    private protected MemoryTransport Network { get; } = new();

    private protected FakeTimeProvider Time { get; } = new();

    private protected SyncServer Server { get; private set; } = null!;

    private protected SyncServerOptions Options { get; } = new();

    private protected SyncEndpoint Endpoint => Server.BoundEndpoint!;

    public virtual async ValueTask InitializeAsync()
    {
        Options.Transport = Network;
        Options.TimeProvider = Time;
        Server = await SyncServer.StartAsync(Options, Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (RawMember member in _members) await member.DisposeAsync();
        await AdvanceUntilAsync(Server.DisposeAsync().AsTask());
        Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<RawMember> OpenAsync(string member)
    {
        RawMember raw = await RawMember.OpenAsync(Network, Endpoint, member, Token);
        _members.Add(raw);
        return raw;
    }

    /// <summary>A member with its seat.</summary>
    private protected async Task<RawMember> JoinAsync(string member, string group = "default", Guid? incarnation = null, bool resume = false)
    {
        RawMember raw = await (await OpenAsync(member)).ShakeHandsAsync(group, incarnation, Options.Key, resume);
        Assert.IsType<MemberHandshakeResult.Seated>(raw.Result);
        return raw;
    }

    /// <summary>A member that is refused.</summary>
    private protected async Task<RefuseReason> RefusalAsync(string member, string group = "default", Guid? incarnation = null, string? key = null)
    {
        RawMember raw = await (await OpenAsync(member)).ShakeHandsAsync(group, incarnation, key ?? Options.Key);
        return Assert.IsType<MemberHandshakeResult.Refused>(raw.Result).Reason;
    }

    /// <summary>What the member sent before has taken effect when this returns.</summary>
    private protected static async Task RoundTripAsync(RawMember member)
    {
        await member.SendAsync(new PingFrame(1));
        await member.ReceiveAsync<PongFrame>();
    }

    /// <summary>Moves the time on until something has happened that may need it; in small steps, to overshoot by little.</summary>
    private protected async Task AdvanceUntilAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            Token.ThrowIfCancellationRequested();
            Time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }
        await task;
    }
}
