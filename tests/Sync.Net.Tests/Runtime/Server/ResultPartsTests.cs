using Sync.Net.Coordination;
using Sync.Net.Runtime.Server;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

public sealed class ResultPartsTests
{
    [Fact]
    public void Encode_MessagesWithRoles_FitIntoTheFramesAllowed()
    {
        const int MaxFrameBytes = 4096;
        string role = new('r', 256);
        Contribution[] messages =
        [
            .. Enumerable.Range(1, 1000).Select(number => new Contribution("m", new byte[60], "map", long.MaxValue - number, TimeSpan.MaxValue, role)),
        ];
        var effect = new Effect(
            EffectKind.Answer, 1, "m", 1, new SessionKey(SessionKind.Board, "b"), Outcome: new Released(1000, null, null, messages, []));

        byte[][] parts = new AnswerContent(new Term(1, 1), MaxFrameBytes).Begin(1, effect).Parts;

        Assert.NotEmpty(parts);
        Assert.All(parts, part => Assert.InRange(part.Length, 1, MaxFrameBytes + Frames.LengthPrefixBytes));
    }
}
