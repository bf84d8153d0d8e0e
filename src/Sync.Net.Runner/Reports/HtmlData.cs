using System.Globalization;
using System.Text.Json;
using Sync.Net.Runner.Reports.Analysis;

namespace Sync.Net.Runner.Reports;

/// <summary>The run as the page's script reads it: waits as columns of numbers, each text once, times in microseconds since the run began.</summary>
internal sealed class HtmlData
{
    private const int MostWaiters = 8;

    private readonly RunAnalysis _analysis;
    private readonly Utf8JsonWriter _json;
    private readonly TextTable _texts = new();

    /// <summary>Ids as they are: the visible texts of two may be alike.</summary>
    private readonly TextTable _names = new();
    private readonly Dictionary<MemberResult, int> _ranks = [];

    private HtmlData(RunAnalysis analysis, Utf8JsonWriter json)
    {
        (_analysis, _json) = (analysis, json);
        foreach (MemberResult member in VerdictText.RootCauseFirst(Run.Members)) _ranks.Add(member, _ranks.Count);
    }

    private RunResult Run => _analysis.Run;

    public static void Write(RunAnalysis analysis, Stream stream)
    {
        using Utf8JsonWriter json = new(stream);
        new HtmlData(analysis, json).Write();
    }

    private void Write()
    {
        _json.WriteStartObject();
        _json.WriteString("name", VisibleText.Of(Run.Name, 200));
        _json.WriteString("group", VisibleText.Of(Run.Group, 200));
        _json.WriteString("verdict", VerdictText.Of(Run.Verdict));
        _json.WriteBoolean("passed", Run.Passed);
        _json.WriteString("reason", Visible(Run.Reason));
        _json.WriteString("started", Run.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        _json.WriteNumber("took", Microseconds(Run.Ended - Run.Started));
        Array("members", _analysis.Lanes, WriteLane);
        WriteWaits();
        Array("meetings", _analysis.Meetings, meeting => Numbers(Since(meeting.At), Name(meeting.Straggler)));
        Array("changes", Run.Changes, WriteChange);
        Array("holdUps", _analysis.HoldUps, WriteHoldUp);
        Array("sessions", _analysis.Sessions, WriteCost);
        Array("path", _analysis.CriticalPath, WriteHop);
        Array("texts", _texts.Texts, _json.WriteStringValue);
        Array("names", _names.Texts.Select(WaitText.Name), _json.WriteStringValue);
        _json.WriteEndObject();
    }

    private void WriteLane(Lane lane)
    {
        _json.WriteStartObject();
        _json.WriteNumber("name", Name(lane.Member));
        _json.WriteString("role", Visible(lane.Role, 100));
        _json.WriteString("host", VisibleText.Of(lane.Host, 200));
        if (lane is { Began: { } began, Ended: { } ended })
        {
            _json.WriteNumber("began", Since(began));
            _json.WriteNumber("ended", Since(ended));
        }
        if (lane.Result is { } member)
        {
            _json.WriteNumber("number", member.Number);
            _json.WriteString("verdict", VerdictText.Of(member.Verdict));
            _json.WriteString("share", VerdictText.Of(member.Share));
            _json.WriteNumber("rank", _ranks[member]);
            _json.WriteString("reason", Visible(member.Reason));
            _json.WriteString("end", VerdictText.End(member));
            _json.WriteString("command", Visible(member.Command));
            _json.WriteString("clock", VerdictText.Clock(member));
            _json.WriteString("values", string.Join(", ", member.Values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{VisibleText.Of(v.Key, 100)}={VisibleText.Of(v.Value, 200)}")));
        }
        _json.WriteEndObject();
    }

    private int Name(string? id) => _names.Of(id);

    private void WriteWaits()
    {
        int[] meetings = new int[Run.Waits.Count];
        System.Array.Fill(meetings, -1);
        for (int i = 0; i < _analysis.Meetings.Count; i++)
        {
            foreach (int wait in _analysis.Meetings[i].Waits) meetings[wait] = i;
        }
        _json.WriteStartObject("waits");
        Column("member", w => Name(w.Member));
        Column("kind", w => _texts.Of(VisibleText.Of(w.Kind, 40)));
        Column("session", w => _texts.Of(VisibleText.Of(w.Session, 200)));
        Column("act", w => _texts.Of(VisibleText.Of(w.Act, 40)));
        Column("generation", w => w.Generation);
        Column("began", w => Since(w.Began));
        Column("took", w => Microseconds(Lanes.EndOf(Run, w) - w.Began));
        Column("outcome", w => _texts.Of(VisibleText.Of(w.Outcome, 40)));
        Column("class", w => (int)WaitText.ClassOf(w));
        Column("straggler", w => Name(w.Straggler));
        Column("culprit", w => Name(w.Culprit));
        Column("missing", w => w.Missing.Count == 0 ? -1 : _texts.Of(WaitText.Names(w.Missing, 20)));
        Column("text", w => _texts.Of(Visible(w.Text)));
        _json.WriteStartArray("meeting");
        foreach (int meeting in meetings) _json.WriteNumberValue(meeting);
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void WriteChange(MemberChange change) =>
        Numbers(Since(change.At), Name(change.Member), _texts.Of(change.State.ToString()), _texts.Of(Visible(change.Reason)));

    private void WriteHoldUp(HoldUp holdUp)
    {
        _json.WriteStartObject();
        _json.WriteNumber("member", Name(holdUp.Member));
        _json.WriteNumber("waited", Microseconds(holdUp.Waited));
        _json.WriteNumber("inVain", Microseconds(holdUp.InVain));
        _json.WriteNumber("waits", holdUp.Waits);
        _json.WriteNumber("others", holdUp.Waiters.Count);
        Array("waiters", holdUp.Waiters.Take(MostWaiters), waiter => Numbers(Name(waiter.Member), Microseconds(waiter.Waited)));
        _json.WriteEndObject();
    }

    private void WriteCost(SessionCost cost)
    {
        _json.WriteStartObject();
        _json.WriteString("session", WaitText.Session(cost.Kind, cost.Session));
        _json.WriteNumber("uses", cost.Uses);
        _json.WriteNumber("waits", cost.Waits);
        _json.WriteNumber("notMet", cost.NotMet);
        _json.WriteNumber("memberTime", Microseconds(cost.MemberTime));
        _json.WriteNumber("hostTime", Microseconds(cost.HostTime));
        _json.WriteNumber("longest", Microseconds(cost.Longest));
        _json.WriteNumber("longestMember", Name(cost.LongestMember));
        _json.WriteNumber("last", Name(cost.MostOftenLast));
        _json.WriteNumber("timesLast", cost.TimesLast);
        _json.WriteEndObject();
    }

    private void WriteHop(PathHop hop)
    {
        _json.WriteStartObject();
        _json.WriteNumber("member", Name(hop.Member));
        _json.WriteBoolean("waits", hop.Waits);
        _json.WriteNumber("from", Since(hop.From));
        _json.WriteNumber("to", Since(hop.To));
        _json.WriteString("text", hop.Text);
        _json.WriteEndObject();
    }

    private void Array<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        _json.WriteStartArray(name);
        foreach (T item in items) write(item);
        _json.WriteEndArray();
    }

    private void Column(string name, Func<WaitRecord, long> value) => Array(name, Run.Waits, wait => _json.WriteNumberValue(value(wait)));

    private void Numbers(params ReadOnlySpan<long> values)
    {
        _json.WriteStartArray();
        foreach (long value in values) _json.WriteNumberValue(value);
        _json.WriteEndArray();
    }

    private long Since(DateTimeOffset at) => Microseconds(at - Run.Started);

    private static long Microseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    private static string? Visible(string? text, int most = VisibleText.MostCharacters) => text is null ? null : VisibleText.Of(text, most);
}
