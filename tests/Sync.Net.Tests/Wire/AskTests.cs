using MessagePack;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Wire;

/// <summary>What an ask may hold is bounded by its act.</summary>
public sealed class AskTests
{
    [Fact]
    public void Samples_AllActs_AreThere() => Assert.Equal(
        Enum.GetValues<Act>().Except([Act.Meet, Act.Abort]),
        Samples.All.Select(sample => sample.Frame).OfType<EnterFrame>().Where(frame => frame.Ask is not null)
            .Select(frame => frame.Ask!.Act).Distinct().Order());

    [Theory]
    [InlineData(17)]
    [InlineData(254)]
    public void Read_ActOfALaterVersion_KeepsItsNumber(int act) =>
        Assert.Equal(act, (int)Read(Asking(act)).Ask!.Act);

    [Theory]
    [InlineData((int)Act.Abort)]
    [InlineData(256)]
    [InlineData(-1)]
    public void Read_NumberOfNoAct_IsMalformed(int act) => AssertMalformed("ask.act", Asking(act));

    [Fact]
    public void Read_NegativeNumber_IsMalformed() => AssertMalformed("ask.number", Asking((int)Act.Initialize, number: -1));

    [Theory]
    [InlineData(-1)]
    [InlineData(1L + int.MaxValue)]
    public void Read_CodeOutOfRange_IsMalformed(long code) => AssertMalformed("ask.code", Asking((int)Act.Wait, code: code));

    [Theory]
    [InlineData((int)Act.SetState, 256, true)]
    [InlineData((int)Act.SetState, 257, false)]
    [InlineData((int)Act.SetState, 0, false)]
    [InlineData((int)Act.SetState, -1, false)]
    [InlineData((int)Act.ReceiveAll, 256, true)]
    [InlineData((int)Act.ReceiveAll, 257, false)]
    [InlineData((int)Act.ReceiveAll, -1, true)]
    [InlineData((int)Act.Fail, WireText.MaxBytes, true)]
    [InlineData((int)Act.Fail, WireText.MaxBytes + 1, false)]
    [InlineData((int)Act.Fail, -1, true)]
    public void Read_Text_HasTheBoundsOfWhatItIs(int act, int length, bool good)
    {
        byte[] bytes = Asking(act, text: length < 0 ? null : new string('t', length));

        if (good) Read(bytes);
        else AssertMalformed("ask.text", bytes);
    }

    [Theory]
    [InlineData((int)Act.WaitForStates, 1, true)]
    [InlineData((int)Act.WaitForStates, Ask.MaxNames, true)]
    [InlineData((int)Act.WaitForStates, Ask.MaxNames + 1, false)]
    [InlineData((int)Act.WaitForStates, 0, false)]
    [InlineData((int)Act.WaitForStates, -1, false)]
    [InlineData((int)Act.Watch, -1, true)]
    [InlineData((int)Act.Watch, 0, true)]
    public void Read_Names_AreBounded(int act, int count, bool good)
    {
        byte[] bytes = Asking(act, names: count < 0 ? null : [.. Enumerable.Repeat("booted", count)]);

        if (good) Read(bytes);
        else AssertMalformed("ask.names", bytes);
    }

    [Fact]
    public void Read_LongStateToWaitFor_IsMalformed() =>
        AssertMalformed("ask.names", Asking((int)Act.WaitForStates, names: [new string('s', 257)]));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Read_LineOfTwoLongNames_IsReadAndNotAByteMore(int more)
    {
        // An id and a role of the greatest length, and a tab.
        string line = $"{new string('i', 256)}\t{new string('r', 256)}";
        byte[] good = Asking((int)Act.Declare, roster: [line]);
        byte[] bytes = Asking((int)Act.Declare, roster: [line + new string('x', 31 + more)]);

        Assert.Equal([line], Read(good).Members);
        if (more == 0) Read(bytes);
        else AssertMalformed("members", bytes);
    }

    private static EnterFrame Read(byte[] bytes) => Frames.Read<EnterFrame>(Wired.ReadRaw(new(bytes)), Wired.Context);

    private static void AssertMalformed(string field, byte[] bytes) =>
        Assert.Equal(field, Assert.Throws<WireException>(() => Read(bytes)).Field);

    private static byte[] Asking(
        int act, long number = 0, long code = 0, string? text = null, string[]? names = null, string[]? roster = null) =>
        Bodies.Frame(FrameType.Enter, 12, (ref MessagePackWriter writer) =>
        {
            writer.Write(1);
            writer.Write(0);
            writer.Write((int)SessionKind.Group);
            writer.Write("group");
            writer.Write(0);
            writer.Write(0);
            writer.Write(Roster.Of(roster ?? []).Hash);
            WriteNames(ref writer, roster);
            writer.WriteNil();
            writer.WriteNil();
            writer.WriteNil();
            writer.WriteArrayHeader(5);
            writer.Write(act);
            writer.Write(number);
            writer.Write(code);
            writer.Write(text);
            WriteNames(ref writer, names);
        });

    private static void WriteNames(ref MessagePackWriter writer, string[]? names)
    {
        if (names is null)
        {
            writer.WriteNil();
            return;
        }
        writer.WriteArrayHeader(names.Length);
        foreach (string name in names) writer.Write(name);
    }
}
