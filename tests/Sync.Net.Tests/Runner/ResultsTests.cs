using System.Text;
using CsCheck;
using Sync.Net.Runner;
using Sync.Net.Runner.Results;

namespace Sync.Net.Tests.Runner;

public sealed class ResultsTests : IDisposable
{
    private static readonly Gen<DateTimeOffset> Time =
        Gen.Long[0, TimeSpan.TicksPerDay * 40_000].Select(static ticks => new DateTimeOffset(ticks, TimeSpan.Zero).AddYears(1950));

    private static readonly Gen<string> Name = Gen.String[Gen.Char["aZ09#é\"\\/<\u2028 \t\n日"], 0, 12];

    private static readonly Gen<string?> MaybeName = Gen.Null(Name, 0.3);

    private static readonly Gen<IReadOnlyList<string>> Names = Name.Array[0, 3].Select(static names => (IReadOnlyList<string>)names);

    private static readonly Gen<WaitRecord> Wait =
        from member in Name from session in Name from generation in Gen.Long from began in Time from ended in Time from met in Gen.Bool
        from straggler in MaybeName from missing in Names from text in MaybeName from open in Gen.Bool
        select new WaitRecord
        {
            Member = member, Kind = "barrier", Session = session, Act = "meet", Generation = generation, Began = began, Ended = open ? null : ended,
            IsMet = met, Outcome = "released", Straggler = straggler, Culprit = straggler, Missing = missing, Text = text,
        };

    private static readonly Gen<MemberResult> Member =
        from number in Gen.Int[1, 1000] from id in Name from role in MaybeName from verdict in Gen.Enum<Verdict>() from share in Gen.Enum<FailureShare>()
        from reason in MaybeName from code in Gen.Int[-1, 300] from started in Time from values in Gen.Dictionary(Name, Name)[0, 3]
        from files in Names from offset in Gen.Long[-1_000_000_000, 1_000_000_000] from bare in Gen.Bool
        select new MemberResult
        {
            Number = number, Member = id, Role = role, Host = "local", Command = reason, Verdict = verdict, Share = share, Reason = reason,
            ExitCode = bare ? null : code, Signal = bare ? 9 : null, Started = bare ? null : started, Ended = bare ? null : started, Values = values, Files = files,
            Clock = bare ? null : new ClockOffset(new TimeSpan(offset), new TimeSpan(Math.Abs(offset))),
        };

    private static readonly Gen<RunResult> Result =
        from name in Name from verdict in Gen.Enum<Verdict>() from reason in MaybeName from started in Time from members in Member.Array[0, 4]
        from waits in Wait.Array[0, 4] from state in Gen.Enum<MemberState>()
        select new RunResult
        {
            Name = name, Group = name + "-1", Verdict = verdict, Reason = reason, Started = started, Ended = started, Members = members, Waits = waits,
            Changes = [new MemberChange(started, name, state, reason)],
        };

    private readonly string _folder = Directory.CreateTempSubdirectory("results-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void V4_AnyResult_IsReadBackEqual() => Result.Sample(
        (RunResult result) =>
        {
            string file = Path.Combine(_folder, $"{Guid.NewGuid():N}.json");
            RunResults.Save(result, file);
            Assert.Equivalent(result, RunResults.Load(file), strict: true);
        },
        iter: 200);

    [Fact]
    public void Load_WhatIsNoResult_NamesTheFile()
    {
        string file = Path.Combine(_folder, RunResults.FileName);
        File.WriteAllText(file, "{\"format\":1,\"name\":7}");
        Assert.Contains(file, Assert.Throws<InvalidDataException>(() => RunResults.Load(_folder)).Message, StringComparison.Ordinal);
        File.WriteAllText(file, "{}");
        Assert.Contains(file, Assert.Throws<InvalidDataException>(() => RunResults.Load(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfALaterFormat_SaysSo()
    {
        string file = Path.Combine(_folder, "later.json");
        RunResults.Save(new RunResult { Name = "n", Group = "g", Verdict = Verdict.Pass, Started = default, Ended = default, Members = [] }, file);
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal));

        Assert.Contains("is of format 2, and this version reads 1", Assert.Throws<InvalidDataException>(() => RunResults.Load(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(99)]
    public async Task OutputFile_OfAnyLength_TellsWhatItLeavesOut(int bytes)
    {
        string whole = string.Concat(Enumerable.Range(0, bytes).Select(static i => (char)('a' + (i % 26))));
        string file = Path.Combine(_folder, "output.log");
        await using (var output = new OutputFile(file, headBytes: 10, tailBytes: 5))
        {
            for (int at = 0; at < bytes; at += 3) await output.WriteAsync(Encoding.ASCII.GetBytes(whole[at..Math.Min(bytes, at + 3)]));
        }

        string kept = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        if (bytes <= 20)
        {
            Assert.Equal(whole, kept);
        }
        else
        {
            string[] parts = kept.Split('\n');
            int left = int.Parse(parts[1].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(whole[..10], parts[0]);
            Assert.Equal(whole[(10 + left)..], parts[2]);
            Assert.InRange(parts[2].Length, 6, 10);
        }
        Assert.Single(Directory.GetFiles(_folder));
    }
}
