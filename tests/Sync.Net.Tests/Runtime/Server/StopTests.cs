using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

public sealed class StopTests : ServerTest
{
    // The clock stands still in these tests, so what ends has waited for nothing.

    [Fact]
    public async Task Stop_Idle_EndsAtOnce()
    {
        await Server.StopAsync(Token).WaitAsync(Token);

        Assert.True(Server.Completion.IsCompletedSuccessfully);
        await Assert.ThrowsAsync<IOException>(() => Network.ConnectAsync(Endpoint, Token).AsTask());
    }

    [Fact]
    public async Task Stop_MembersSayGoodbye_EndsAtOnce()
    {
        RawMember a = await JoinAsync("a");
        RawMember b = await JoinAsync("b", group: "other");

        Task stopping = Server.StopAsync(Token);
        foreach (RawMember member in (RawMember[])[a, b])
        {
            await member.ReceiveAsync<ClosingFrame>();
            await member.SendAsync(new GoodbyeFrame(Left: false, member.Ack));
            await member.DisposeAsync();
        }

        await stopping.WaitAsync(Token);
    }

    [Fact]
    public async Task Stop_DecisionsComeBeforeTheClosing()
    {
        Roster roster = Roster.Of(["a", "b"]);
        RawMember a = await JoinAsync("a");
        RawMember b = await JoinAsync("b");
        await a.EnterAsync(1, roster);
        await b.EnterAsync(1, roster);
        await b.ReceiveAsync<DecisionFrame>();

        Task stopping = Server.StopAsync(Token);

        await a.ReceiveAsync<DecisionFrame>();
        await a.ReceiveAsync<ClosingFrame>();
        await AdvanceUntilAsync(stopping);
    }

    [Fact]
    public async Task Stop_MemberSaysNothing_IsCutAfterTwoSeconds()
    {
        RawMember a = await JoinAsync("a");
        TimeSpan before = Elapsed();

        Task stopping = Server.StopAsync(Token);
        await a.ReceiveAsync<ClosingFrame>();
        Assert.False(stopping.IsCompleted);
        await AdvanceUntilAsync(stopping);

        // The time goes on in steps while the server winds up.
        Assert.InRange(Elapsed() - before, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60));
        await a.EndAsync();
    }

    [Fact]
    public async Task Stop_Cancelled_CutsAtOnce()
    {
        RawMember a = await JoinAsync("a");
        using var cancelled = new CancellationTokenSource();

        Task stopping = Server.StopAsync(cancelled.Token);
        await a.ReceiveAsync<ClosingFrame>();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopping.WaitAsync(Token));
        Assert.True(Server.Completion.IsCompleted);
    }

    [Fact]
    public async Task Stop_NothingIsDecidedAfterwards()
    {
        Roster roster = Roster.Of(["a", "b"]);
        RawMember a = await JoinAsync("a");
        RawMember b = await JoinAsync("b");
        await a.EnterAsync(1, roster);

        Task stopping = Server.StopAsync(Token);
        await a.ReceiveAsync<ClosingFrame>();
        await b.ReceiveAsync<ClosingFrame>();
        await b.EnterAsync(1, roster);
        await b.DisposeAsync();

        await a.SendAsync(new GoodbyeFrame(Left: false, a.Ack));
        await a.EndAsync();
        await AdvanceUntilAsync(stopping);
        Assert.Equal(0, a.Ack);
    }

    [Fact]
    public async Task Stop_DuringAHandshake_EndsIt()
    {
        RawMember silent = await OpenAsync("silent");

        await Server.StopAsync(Token).WaitAsync(Token);

        await silent.EndAsync();
    }

    [Fact]
    public async Task Dispose_Twice_IsHarmless()
    {
        await Server.DisposeAsync();
        await Server.DisposeAsync();
        await Server.StopAsync(Token);
    }

    private TimeSpan Elapsed() => Time.GetUtcNow() - Time.Start;
}
