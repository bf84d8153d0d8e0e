using MessagePack;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Wire;

/// <summary>The facts that outcomes carry.</summary>
public sealed class FactTests
{
    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(5, false)]
    [InlineData(6, true)]
    [InlineData(7, true)]
    public void Read_Contribution_HasThreeElementsOrSix(int elements, bool good)
    {
        byte[] bytes = Bodies.Frame(FrameType.Part, 4, (ref MessagePackWriter writer) =>
        {
            writer.Write((int)SessionKind.Board);
            writer.Write("ready");
            writer.Write(0);
            writer.WriteArrayHeader(1);
            writer.WriteArrayHeader(elements);
            writer.Write("a");
            writer.WriteNil();
            if (elements > 2) writer.WriteNil();
            if (elements > 3) writer.Write(4);
            if (elements > 4) writer.Write(6);
            if (elements > 5) writer.WriteNil();
            if (elements > 6) writer.Write("later");
        });

        if (good) Assert.Equal(elements < 6 ? 0 : 4, Frames.Read<PartFrame>(Wired.ReadRaw(new(bytes)), Wired.Context).Contributions[0].Number);
        else Assert.Throws<WireException>(() => Frames.Read<PartFrame>(Wired.ReadRaw(new(bytes)), Wired.Context));
    }

    [Fact]
    public void Read_MoreMessagesThanMembers_AreRead()
    {
        Contribution[] messages = [.. Enumerable.Range(1, 5).Select(number => new Contribution("a", null, null, number))];
        Sample part = Sample.Of("part", Samples.Term, new PartFrame(new SessionKey(SessionKind.Board, "ready"), 0, messages));
        WireContext small = new(new SyncLimits { MaxMembers = 2 });

        Assert.Equal(5, ((PartFrame)part.Read(Wired.ReadRaw(new(part.ToBytes())), small)).Contributions.Count);
    }

    [Fact]
    public void Read_FreeSeatOfALongRole_IsRead()
    {
        string seat = $"{new string('r', 256)} (seat {int.MaxValue} of {int.MaxValue})";
        Failed failed = new(
            SyncFailureKind.Timeout, null, null, null, [seat], [], [new MemberFact(seat, null, MemberState.Absent, null, null)]);
        Sample answer = Sample.Of("answer", Samples.Term, new AnswerFrame(1, new SessionKey(SessionKind.Board, "ready"), 0, failed));

        Assert.Equal(Shape.Of(answer.Frame), Shape.Of(answer.Read(Wired.ReadRaw(new(answer.ToBytes())), Wired.Context)));
    }
}
