using System.Text.Encodings.Web;
using System.Text.Json;
using Sync.Net.Runner.Reports.Analysis;

namespace Sync.Net.Runner.Reports;

/// <summary>The run in the trace event format, for Perfetto and chrome://tracing: a process a host, a thread a member, an arrow from each straggler to whom it released.</summary>
internal static class TraceReport
{
    /// <summary>Of more, only those of the longest waits: a viewer draws no more anyway.</summary>
    public const int MostArrows = 20_000;

    public static void Write(RunAnalysis analysis, Stream stream)
    {
        JsonWriterOptions options = new() { Encoder = JavaScriptEncoder.Default };
        using Utf8JsonWriter json = new(stream, options);
        Trace trace = new(analysis, json);
        json.WriteStartObject();
        json.WriteString("displayTimeUnit", "ms");
        json.WriteStartObject("otherData");
        json.WriteString("run", VisibleText.Of(analysis.Run.Name, 200));
        json.WriteString("group", VisibleText.Of(analysis.Run.Group, 200));
        json.WriteString("verdict", VerdictText.Of(analysis.Run.Verdict));
        json.WriteEndObject();
        json.WriteStartArray("traceEvents");
        trace.Write();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private sealed class Trace(RunAnalysis analysis, Utf8JsonWriter json)
    {
        private readonly Dictionary<string, int> _processes = new(StringComparer.Ordinal);

        /// <summary>Of each member, its own thread; of each wait, where it lies.</summary>
        private readonly Dictionary<string, (int Process, int Thread)> _members = new(StringComparer.Ordinal);
        private readonly (int Process, int Thread)[] _waits = new (int, int)[analysis.Run.Waits.Count];
        private int _threads;

        private RunResult Run => analysis.Run;

        public void Write()
        {
            foreach (Lane lane in analysis.Lanes) WriteLane(lane);
            WriteArrows();
            foreach (MemberChange change in Run.Changes) WriteChange(change);
        }

        private void WriteLane(Lane lane)
        {
            if (!_processes.TryGetValue(lane.Host, out int process))
            {
                _processes.Add(lane.Host, process = _processes.Count + 1);
                WriteName("process_name", process, 0, lane.Host.Length == 0 ? "host not known" : VisibleText.Of(lane.Host, 200));
            }
            string name = lane.Role is { } role ? $"{WaitText.Name(lane.Member)} ({VisibleText.Of(role, 100)})" : WaitText.Name(lane.Member);
            int first = _threads + 1;
            _members[lane.Member] = (process, first);
            // Slices of a thread must nest: waits of one member that overlap lie on threads of their own.
            LaneRows rows = LaneRows.Of(Run, lane);
            for (int row = 0; row < rows.Count; row++)
            {
                WriteName("thread_name", process, ++_threads, row == 0 ? name : $"{name}, at the same time");
            }
            foreach ((DateTimeOffset from, DateTimeOffset to) in rows.Work) WriteSlice("work", "work", process, first, from, to, null);
            for (int i = 0; i < lane.Waits.Count; i++)
            {
                int index = lane.Waits[i];
                WaitRecord wait = Run.Waits[index];
                _waits[index] = (process, first + rows.Row[i]);
                string kind = "wait," + VisibleText.Of(wait.Outcome, 40);
                WriteSlice(WaitText.Label(wait), kind, process, first + rows.Row[i], wait.Began, Lanes.EndOf(Run, wait), wait);
            }
        }

        private void WriteArrows()
        {
            IEnumerable<(int Wait, int? Arrival, string Straggler)> all =
                from meeting in analysis.Meetings
                where meeting.Straggler is not null && _members.ContainsKey(meeting.Straggler)
                let arrival = meeting.Waits.Where(i => Run.Waits[i].Member == meeting.Straggler).Select(i => (int?)i).FirstOrDefault()
                from wait in meeting.Waits
                where wait != arrival && Lanes.EndOf(Run, Run.Waits[wait]) > Run.Waits[wait].Began
                select (wait, arrival, meeting.Straggler);
            var longest = all.OrderByDescending(a => Lanes.EndOf(Run, Run.Waits[a.Wait]) - Run.Waits[a.Wait].Began).ThenBy(a => a.Wait).Take(MostArrows);
            int id = 0;
            foreach ((int wait, int? arrival, string straggler) in longest)
            {
                DateTimeOffset end = Lanes.EndOf(Run, Run.Waits[wait]);
                DateTimeOffset begin = arrival is { } a && Run.Waits[a].Began < end ? Run.Waits[a].Began : end;
                WriteArrow("s", ++id, arrival is { } own ? _waits[own] : _members[straggler], begin);
                // A tick before its end, the slice is still the wait's.
                WriteArrow("f", id, _waits[wait], end.AddTicks(-1) < begin ? begin : end.AddTicks(-1));
            }
        }

        private void WriteArrow(string phase, int id, (int Process, int Thread) place, DateTimeOffset at)
        {
            WriteHead(phase, "release", place.Process, place.Thread, at);
            json.WriteString("cat", "release");
            json.WriteNumber("id", id);
            json.WriteString("bp", "e");
            json.WriteEndObject();
        }

        private void WriteChange(MemberChange change)
        {
            if (!_members.TryGetValue(change.Member, out var place)) return;
            WriteHead("i", change.State.ToString(), place.Process, place.Thread, change.At);
            json.WriteString("s", "t");
            if (change.Reason is { } reason)
            {
                json.WriteStartObject("args");
                json.WriteString("reason", VisibleText.Of(reason));
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }

        private void WriteSlice(string name, string category, int process, int thread, DateTimeOffset from, DateTimeOffset to, WaitRecord? wait)
        {
            WriteHead("X", name, process, thread, from);
            json.WriteNumber("dur", Microseconds(to - from));
            json.WriteString("cat", category);
            if (wait is not null && WaitText.ClassOf(wait) != WaitClass.Met) json.WriteString("cname", "terrible");
            if (wait is not null)
            {
                json.WriteStartObject("args");
                json.WriteString("outcome", VisibleText.Of(wait.Outcome, 40));
                if (wait.Straggler is { } straggler) json.WriteString("last", WaitText.Name(straggler));
                if (wait.Culprit is { } culprit) json.WriteString("culprit", WaitText.Name(culprit));
                if (wait.Missing.Count > 0) json.WriteString("missing", WaitText.Names(wait.Missing, 20));
                if (wait.Text is { } text) json.WriteString("text", VisibleText.Of(text));
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }

        private void WriteName(string what, int process, int thread, string name)
        {
            WriteHead("M", what, process, thread, Run.Started);
            json.WriteStartObject("args");
            json.WriteString("name", name);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        private void WriteHead(string phase, string name, int process, int thread, DateTimeOffset at)
        {
            json.WriteStartObject();
            json.WriteString("ph", phase);
            json.WriteString("name", name);
            json.WriteNumber("pid", process);
            json.WriteNumber("tid", thread);
            json.WriteNumber("ts", Microseconds(at - Run.Started));
        }

        private static decimal Microseconds(TimeSpan time) => (decimal)time.Ticks / TimeSpan.TicksPerMicrosecond;
    }
}
