using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

/// <summary>RULES 2: what is kept is written before anybody is told of it.</summary>
public sealed class KeptServerTests : ServerTest
{
    private readonly StoreBook _book = new();

    public KeptServerTests() => Options.Store = _book;

    [Fact]
    public async Task Rule2_NobodyIsToldBeforeTheWriteEnds()
    {
        RawMember a = await JoinAsync("a"), b = await JoinAsync("b"), c = await JoinAsync("c");
        await AskAsync(b, 1, "m", new Ask(Act.Receive));
        await RoundTripAsync(b);
        _book.Hold();

        await AskAsync(a, 1, "m", new Ask(Act.Send));
        await _book.BegunAsync(Token);
        // A later look sees the message, and is not answered either.
        await AskAsync(c, 1, "m", new Ask(Act.Peek));
        foreach (RawMember each in (RawMember[])[a, b, c]) await RoundTripAsync(each);
        _book.Release();

        foreach (RawMember each in (RawMember[])[a, b, c]) Assert.IsType<Released>((await each.ReceiveAsync<AnswerFrame>()).Outcome);
        Assert.NotEmpty(_book.Keys);
    }

    [Fact]
    public async Task BarriersAndOtherGroups_WaitForNoWrite()
    {
        RawMember a = await JoinAsync("a"), b = await JoinAsync("b", group: "other");
        _book.Hold();
        await AskAsync(a, 1, "m", new Ask(Act.Send));
        await _book.BegunAsync(Token);

        await b.EnterAsync(1, Roster.Of(["b"]));

        await b.ReceiveAsync<DecisionFrame>();
        _book.Release();
        await a.ReceiveAsync<AnswerFrame>();
        Assert.Equal(1, _book.Writes);
    }

    [Fact]
    public async Task ManyTurns_AreWrittenTogether()
    {
        RawMember a = await JoinAsync("a");
        _book.Hold();
        await AskAsync(a, 1, "m", new Ask(Act.Send));
        await _book.BegunAsync(Token);
        for (int i = 2; i <= 20; i++) await AskAsync(a, i, "m", new Ask(Act.Send));
        await RoundTripAsync(a);
        _book.Release();

        for (int i = 1; i <= 20; i++) Assert.Equal(i, (await a.ReceiveAsync<AnswerFrame>()).Request);
        Assert.Equal(2, _book.Writes);
    }

    [Fact]
    public async Task LocalMember_WaitsForTheWriteToo()
    {
        await using SyncGroup group = await SyncGroup.JoinAsync(Server.CreateMemberOptions("a"), Token);
        _book.Hold();

        Task sent = group.SendAsync("m", Token);
        await _book.BegunAsync(Token);

        Assert.False(sent.IsCompleted);
        _book.Release();
        await sent.WaitAsync(Token);
    }

    [Fact]
    public async Task X1_WriteFails_CallsEndWithTheReasonAndTheServerWithThem()
    {
        RawMember a = await JoinAsync("a"), b = await JoinAsync("b");
        await AskAsync(b, 1, "m", new Ask(Act.Receive));
        await RoundTripAsync(b);
        _book.Fault = new IOException("the disk is full");

        await AskAsync(a, 1, "m", new Ask(Act.Send));

        foreach (RawMember each in (RawMember[])[a, b]) Assert.Contains("the disk is full", (await each.ReceiveAsync<RefuseFrame>()).Text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(() => Server.Completion.WaitAsync(Token));
        Assert.Empty(_book.Keys);
    }

    [Fact]
    public async Task X1_WriteFails_TheCallerIsToldUndecidedAndWhy()
    {
        SyncOptions options = Server.CreateMemberOptions("a");
        await using SyncGroup group = await SyncGroup.JoinAsync(options, Token);
        _book.Fault = new IOException("the disk is full");

        SyncException e = await Assert.ThrowsAsync<SyncException>(() => group.SetStateAsync("up", Token));

        Assert.Equal(SyncFailureKind.ServerLost, e.Failure.Kind);
        Assert.Contains("the disk is full", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule2_StoppedDuringAWrite_AnswersFirst()
    {
        RawMember a = await JoinAsync("a");
        _book.Hold();
        await AskAsync(a, 1, "m", new Ask(Act.Send));
        await _book.BegunAsync(Token);

        Task stopping = Server.StopAsync(Token);
        await RoundTripAsync(a);
        _book.Release();

        await a.ReceiveAsync<AnswerFrame>();
        await a.ReceiveAsync<ClosingFrame>();
        await AdvanceUntilAsync(stopping);
    }

    [Fact]
    public async Task Rule2_NextServer_HasWhatWasKeptAndIsAnotherTerm()
    {
        RawMember a = await JoinAsync("a");
        await AskAsync(a, 1, "m", new Ask(Act.Send));
        await a.ReceiveAsync<AnswerFrame>();
        Time.Advance(TimeSpan.FromSeconds(7));
        await using SyncServer next = await NextAsync();

        RawMember b = await RawMember.OpenAsync(Network, next.BoundEndpoint!, "b", Token);
        await b.ShakeHandsAsync();
        await AskAsync(b, 1, "m", new Ask(Act.Receive));

        Contribution message = Assert.Single(Assert.IsType<Released>((await b.ReceiveAsync<AnswerFrame>()).Outcome).Contributions!);
        Assert.Equal(("a", 1, 7), (message.Member, message.Number, message.Ago.TotalSeconds));
        Assert.NotEqual(Server.Term, next.Term);
        await b.DisposeAsync();
        await AdvanceUntilAsync(next.StopAsync(Token));
    }

    [Fact]
    public async Task GroupThatAllHaveLeft_IsDeletedFromTheStore()
    {
        RawMember a = await JoinAsync("a", group: "g"), b = await JoinAsync("b", group: "other");
        await AskAsync(a, 1, "m", new Ask(Act.Send));
        await a.ReceiveAsync<AnswerFrame>();
        await AskAsync(b, 1, "m", new Ask(Act.Send));
        await b.ReceiveAsync<AnswerFrame>();

        await a.SendAsync(new GoodbyeFrame(Left: true, a.Ack));
        await a.EndAsync();
        await AdvanceUntilAsync(Server.StopAsync(Token));

        Assert.NotEmpty(_book.Keys);
        Assert.All(_book.Keys, static key => Assert.StartsWith("other ", key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task DamagedStore_IsRefusedBeforeAnybodyCanJoin()
    {
        _book.Write([new SyncStoreEntry("default", "4", new byte[] { 1, 4, 0xc1 })]);

        IOException e = await Assert.ThrowsAsync<IOException>(NextAsync);

        Assert.Contains("group 'default'", e.Message, StringComparison.Ordinal);
    }

    private Task<SyncServer> NextAsync() =>
        SyncServer.StartAsync(new SyncServerOptions { Transport = Network, TimeProvider = Time, Store = _book.Copy() }, Token);

    private static Task AskAsync(RawMember member, long request, string board, Ask ask) => member.SendAsync(new EnterFrame(
        request, member.Ack, new SessionKey(SessionKind.Board, board), 0, EnterFlags.None, Roster.Empty.Hash, null, null, null, null, ask));
}
