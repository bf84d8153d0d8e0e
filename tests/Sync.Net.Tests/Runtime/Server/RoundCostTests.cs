using Microsoft.Extensions.Time.Testing;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

/// <summary>What a round costs, in counts: times depend on the machine, these do not.</summary>
public sealed class RoundCostTests : BoundedTest
{
    private const int Rounds = 5;

    private static readonly string[] Members = ["a", "b", "c"];
    private readonly RecordingTransport _network = new();

    [Theory]
    [InlineData(SessionKind.Barrier, 0)]
    [InlineData(SessionKind.Data, 64)]
    internal async Task Cost_Release_IsEncodedOnceAndSentInOneFrameAMember(SessionKind kind, int bytes)
    {
        await using SyncServer server = await SyncServer.StartAsync(
            new SyncServerOptions { Transport = _network, TimeProvider = new FakeTimeProvider() }, Token);
        var members = new List<RawMember>();
        Roster roster = Roster.Of(Members);
        foreach (string member in Members)
        {
            members.Add(await (await RawMember.OpenAsync(_network, server.BoundEndpoint!, member, Token)).ShakeHandsAsync());
        }
        for (long round = 1; round <= Rounds; round++)
        {
            int before = _network.Written.Length;
            foreach (RawMember member in members)
            {
                await member.EnterAsync(round, roster, withMembers: round == 1, kind: kind, data: bytes == 0 ? null : new byte[bytes]);
            }
            DecisionFrame decision = default;
            foreach (RawMember member in members) decision = await member.ReceiveAsync<DecisionFrame>();

            byte[][] written = _network.Written[before..];
            Assert.Equal(Members.Length, written.Length);
            Assert.Single(written.Distinct(ReferenceEqualityComparer.Instance));
            Assert.Equal(Frames.LengthPrefixBytes + Frames.Measure(members[0].Term, decision), written[0].Length);
        }
        foreach (RawMember member in members) await member.DisposeAsync();
    }

    [Fact]
    public void Cost_ARoundOfABarrier_IsAtMostSoManyBytesAMember()
    {
        // The longest term there is, and numbers as after a million rounds.
        var term = new Term(uint.MaxValue, ulong.MaxValue);
        var session = new SessionKey(SessionKind.Barrier, "server-up");
        Roster roster = Roster.Of(["client1", "client2"]);
        var enter = new EnterFrame(1_000_000, 999_999, session, 1_000_000, EnterFlags.None, roster.Hash, null, null, null, null, null);
        ArrivalFact[] arrivals = [.. roster.Members.Select(static member => new ArrivalFact(member, TimeSpan.FromSeconds(1)))];
        var decision = new DecisionFrame(session, 1_000_000, new Released(2, "client2", arrivals, null, []));

        Assert.Equal(61, Frames.LengthPrefixBytes + Frames.Measure(term, enter));
        Assert.Equal(80, Frames.LengthPrefixBytes + Frames.Measure(term, decision));
    }
}
