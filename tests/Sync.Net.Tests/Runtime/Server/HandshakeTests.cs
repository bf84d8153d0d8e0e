using System.Text;
using Sync.Net.Runtime.Handshake;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

public sealed class HandshakeTests : ServerTest
{
    public override ValueTask InitializeAsync()
    {
        Options.Limits.MaxHandshakes = 3;
        Options.Limits.MaxConnections = 2;
        Options.Limits.MaxGroups = 1;
        return base.InitializeAsync();
    }

    [Fact]
    public async Task Hello_WithinTheRules_IsWelcomed()
    {
        RawMember a = await JoinAsync("a");

        WelcomeFrame welcome = Assert.IsType<MemberHandshakeResult.Seated>(a.Result).Welcome;
        Assert.Equal(Options.HeartbeatInterval, welcome.HeartbeatInterval);
        Assert.Equal(Options.HeartbeatTimeout, welcome.HeartbeatTimeout);
        Assert.Equal(Options.ReconnectWindow, welcome.ReconnectWindow);
        Assert.Equal(Options.Limits.MaxFrameBytes, welcome.MaxFrameBytes);
        Assert.Equal(Server.Term, a.Term);
    }

    [Fact]
    public async Task Hello_WithAKeyWhereNoneIsSet_IsRefused() =>
        Assert.Equal(RefuseReason.Key, await RefusalAsync("a", key: "0123456789abcdef"));

    [Fact]
    public async Task Hello_OverMaxConnections_IsRefused()
    {
        await JoinAsync("a");
        await JoinAsync("b");

        Assert.Equal(RefuseReason.Limit, await RefusalAsync("c"));
    }

    [Fact]
    public async Task Hello_OverMaxGroups_IsRefused()
    {
        await JoinAsync("a");

        Assert.Equal(RefuseReason.Limit, await RefusalAsync("b", group: "another"));
    }

    [Fact]
    public async Task Hello_AfterTheOnlyGroupEmptied_MakesANewOne()
    {
        RawMember a = await JoinAsync("a");
        await a.SendAsync(new GoodbyeFrame(Left: false, 0));
        await a.EndAsync();

        await JoinAsync("b", group: "another");
    }

    [Fact]
    public async Task SilentPeer_IsClosedAtTheTimeout()
    {
        RawMember silent = await OpenAsync("silent");
        await JoinAsync("a");

        await AdvanceUntilAsync(silent.EndAsync());
    }

    [Fact]
    public async Task Garbage_HarmsNobodyElse()
    {
        foreach (string garbage in (string[])["GET / HTTP/1.1\r\n\r\n", "\0\0\0\u0005hello", "\u007f\u007f\u007f\u007f", "SSH-2.0-x\r\n"])
        {
            RawMember foreign = await OpenAsync("foreign");
            await foreign.Stream.WriteAsync(Encoding.Latin1.GetBytes(garbage), Token);
            await AdvanceUntilAsync(foreign.EndAsync());
        }
        RawMember a = await JoinAsync("a");
        await a.SendAsync(new PingFrame(7));
        Assert.Equal(7, (await a.ReceiveAsync<PongFrame>()).Token);
    }
}

public sealed class KeyedHandshakeTests : ServerTest
{
    public override ValueTask InitializeAsync()
    {
        Options.Key = "0123456789abcdef";
        return base.InitializeAsync();
    }

    [Fact]
    public async Task Hello_WithTheKey_IsWelcomed() => await JoinAsync("a");

    [Fact]
    public async Task Hello_WithAnotherKey_IsRefused() =>
        Assert.Equal(RefuseReason.Key, await RefusalAsync("a", key: "another key, as long"));

    [Fact]
    public async Task Hello_WithoutAKey_IsRefused()
    {
        RawMember raw = await (await OpenAsync("a")).ShakeHandsAsync();

        Assert.Equal(RefuseReason.Key, Assert.IsType<MemberHandshakeResult.Refused>(raw.Result).Reason);
    }
}
