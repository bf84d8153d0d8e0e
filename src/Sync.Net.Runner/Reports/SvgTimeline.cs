using System.Globalization;
using System.Text;
using System.Xml;
using Sync.Net.Runner.Reports.Analysis;

namespace Sync.Net.Runner.Reports;

/// <summary>A still picture of the run, bounded in size: what is below a pixel is merged, the worst on top.</summary>
internal static class SvgTimeline
{
    public const int MostLanes = 400;
    public const int Columns = 1000;
    public const int MostReleases = 500;

    private const int Left = 180;
    private const int Top = 64;
    private const int Width = Left + Columns + 20;
    private const int MostHeight = 3600;

    private const string Style = """
        text{font:11px system-ui,sans-serif;fill:#24292f}.m{fill:#57606a}.h{font-size:15px;font-weight:600}
        .b{fill:#fff}.g{stroke:#d0d7de}.w{stroke:#c6ccd3}.c0{stroke:#3d8fd1}.c1{stroke:#b07aa1;stroke-dasharray:6 2}.c2{stroke:#e0a100;stroke-dasharray:2 1}.c3{stroke:#c8470a}.r{stroke:#24292f;stroke-opacity:.6}
        .x{stroke:#c8470a;stroke-width:1.5;fill:none}.k0{fill:#3d8fd1}.k1{fill:#b07aa1}.k2{fill:#e0a100}.k3{fill:#c8470a}.kw{fill:#c6ccd3}
        @media(prefers-color-scheme:dark){text{fill:#e6edf3}.m{fill:#9da7b3}.b{fill:#0d1117}.g{stroke:#30363d}.w{stroke:#444c56}.kw{fill:#444c56}
        .c0{stroke:#4a9fe0}.c3{stroke:#ff7b3a}.k0{fill:#4a9fe0}.k3{fill:#ff7b3a}.x{stroke:#ff7b3a}.r{stroke:#e6edf3}}
        """;

    public static void Write(RunAnalysis analysis, Stream stream)
    {
        XmlWriterSettings settings = new() { Indent = true, NewLineChars = "\n", CloseOutput = false, Encoding = new UTF8Encoding(false) };
        using XmlWriter xml = XmlWriter.Create(stream, settings);
        new Picture(analysis, xml).Write();
    }

    private sealed class Picture
    {
        private readonly RunAnalysis _analysis;
        private readonly XmlWriter _xml;
        private readonly DateTimeOffset _from;
        private readonly double _ticks;
        private readonly List<Lane> _lanes;
        private readonly double _lane;

        public Picture(RunAnalysis analysis, XmlWriter xml)
        {
            (_analysis, _xml, _from) = (analysis, xml, analysis.Run.Started);
            DateTimeOffset to = analysis.Lanes.Aggregate(analysis.Run.Ended, (last, lane) => lane.Ended > last ? lane.Ended.Value : last);
            _ticks = Math.Max(1, (to - _from).Ticks);
            _lanes = [.. analysis.Lanes.Take(MostLanes)];
            _lane = Math.Clamp((double)MostHeight / Math.Max(1, _lanes.Count), 9, 20);
        }

        private double Bottom => Top + (_lanes.Count * _lane);

        public void Write()
        {
            RunResult run = _analysis.Run;
            double height = Bottom + 40;
            _xml.WriteStartElement("svg", "http://www.w3.org/2000/svg");
            Attributes(("width", Width), ("height", height));
            _xml.WriteAttributeString("viewBox", $"0 0 {Width} {Text(height)}");
            _xml.WriteAttributeString("role", "img");
            string title = $"{VisibleText.Of(run.Name, 80)}: {VerdictText.Of(run.Verdict)} in {DurationText.Of(run.Ended - run.Started)}";
            Element("title", title);
            Element("style", Style);
            Rectangle("b", 0, 0, Width, height);
            Label(12, 22, "h", title);
            if (run.Reason is { } reason) Label(12, 40, "m", VisibleText.Of(reason, 180));
            WriteAxis();
            for (int i = 0; i < _lanes.Count; i++) WriteLane(_lanes[i], Top + (i * _lane));
            WriteReleases();
            WriteChanges();
            WriteLegend(Bottom + 22);
            _xml.WriteEndElement();
        }

        private void WriteAxis()
        {
            TimeSpan whole = TimeSpan.FromTicks((long)_ticks);
            TimeSpan step = TimeAxis.Step(whole, 10);
            for (TimeSpan at = TimeSpan.Zero; at <= whole; at += step)
            {
                double x = X(_from + at);
                Line("g", x, Top - 4, x, Bottom);
                Label(x + 2, Top - 7, "m", DurationText.Of(at));
            }
        }

        private void WriteLane(Lane lane, double top)
        {
            _xml.WriteStartElement("g");
            Element("title", $"{WaitText.Name(lane.Member)}{(lane.Role is { } role ? $" ({VisibleText.Of(role, 80)})" : "")} on {VisibleText.Of(lane.Host, 80)}");
            Label(12, top + (_lane / 2) + 4, null, Short($"{WaitText.Name(lane.Member)} · {VisibleText.Of(lane.Host, 80)}"));
            sbyte[] columns = Paint(lane);
            // The worst last, on top of what is beside it.
            foreach (sbyte look in (sbyte[])[0, 1, 2, 3, 4]) WriteRuns(columns, look, top + (_lane / 2));
            _xml.WriteEndElement();
        }

        /// <summary>A look for each pixel: 0 work, or 1 and the class of a wait; −1 nothing. The worst wins.</summary>
        private sbyte[] Paint(Lane lane)
        {
            sbyte[] columns = new sbyte[Columns];
            Array.Fill(columns, (sbyte)-1);
            if (lane is { Began: { } began, Ended: { } ended }) Fill(columns, began, ended, 0);
            foreach (int i in lane.Waits)
            {
                WaitRecord wait = _analysis.Run.Waits[i];
                Fill(columns, wait.Began, Lanes.EndOf(_analysis.Run, wait), (sbyte)(1 + (int)WaitText.ClassOf(wait)));
            }
            return columns;
        }

        private void Fill(sbyte[] columns, DateTimeOffset from, DateTimeOffset to, sbyte look)
        {
            int first = Math.Clamp((int)(X(from) - Left), 0, Columns - 1);
            int last = Math.Clamp((int)Math.Ceiling(X(to) - Left) - 1, first, Columns - 1);
            for (int i = first; i <= last; i++) columns[i] = Math.Max(columns[i], look);
        }

        private void WriteRuns(sbyte[] columns, sbyte look, double middle)
        {
            StringBuilder path = new();
            for (int i = 0; i < Columns; i++)
            {
                if (columns[i] != look) continue;
                int first = i;
                while (i < Columns && columns[i] == look) i++;
                path.Append(CultureInfo.InvariantCulture, $"M{Left + first} {Text(middle)}h{i - first}");
            }
            if (path.Length == 0) return;
            _xml.WriteStartElement("path");
            _xml.WriteAttributeString("class", look == 0 ? "w" : "c" + Text(look - 1));
            Attributes(("stroke-width", look == 0 ? Math.Max(2, _lane * 0.2) : _lane * 0.7));
            _xml.WriteAttributeString("d", path.ToString());
            _xml.WriteEndElement();
        }

        /// <summary>The longest lines; of those at one pixel, one.</summary>
        private void WriteReleases()
        {
            Dictionary<string, int> rows = new(StringComparer.Ordinal);
            for (int i = 0; i < _lanes.Count; i++) rows[_lanes[i].Member] = i;
            var lines = _analysis.Meetings
                .Select(m => (X: (int)X(m.At), Rows: m.Waits.Select(w => _analysis.Run.Waits[w].Member).Append(m.Straggler ?? "").Where(rows.ContainsKey).Select(id => rows[id]).ToArray()))
                .Where(m => m.Rows.Length > 1)
                .Select(m => (m.X, First: m.Rows.Min(), Last: m.Rows.Max()))
                .GroupBy(m => m.X)
                .Select(same => (X: same.Key, First: same.Min(m => m.First), Last: same.Max(m => m.Last)))
                .OrderByDescending(m => m.Last - m.First).ThenBy(m => m.X).Take(MostReleases).OrderBy(m => m.X);
            foreach ((int x, int first, int last) in lines)
            {
                if (last > first) Line("r", x, Top + ((first + 0.5) * _lane), x, Top + ((last + 0.5) * _lane));
            }
        }

        private void WriteChanges()
        {
            foreach (MemberChange change in _analysis.Run.Changes.Where(c => c.State is MemberState.Lost or MemberState.Failed).Take(1000))
            {
                int row = _lanes.FindIndex(lane => lane.Member == change.Member);
                if (row < 0) continue;
                (double x, double y) = (X(change.At), Top + ((row + 0.5) * _lane));
                _xml.WriteStartElement("path");
                _xml.WriteAttributeString("class", "x");
                _xml.WriteAttributeString("d", $"M{Text(x - 4)} {Text(y - 4)}l8 8m0 -8l-8 8");
                Element("title", $"{WaitText.Name(change.Member)}: {change.State.ToString().ToLowerInvariant()} {VisibleText.Of(change.Reason ?? "")}".TrimEnd());
                _xml.WriteEndElement();
            }
        }

        private void WriteLegend(double y)
        {
            (string Class, string Text)[] entries =
            [
                ("kw", "works"), ("k0", "waits, met"), ("k3", "waits, not met"), ("k2", "waits, undecided"), ("k1", "waits, withdrawn"),
            ];
            double x = Left;
            foreach ((string look, string text) in entries)
            {
                Rectangle(look, x, y - 9, 14, 10);
                Label(x + 19, y, "m", text);
                x += 40 + (text.Length * 6.5);
            }
            if (_analysis.Lanes.Count > MostLanes) Label(x, y, "m", string.Create(CultureInfo.InvariantCulture, $"and {_analysis.Lanes.Count - MostLanes} members more: see report.html"));
        }

        private double X(DateTimeOffset at) => Left + Math.Clamp((at - _from).Ticks / _ticks * Columns, 0, Columns);

        private void Label(double x, double y, string? look, string text)
        {
            _xml.WriteStartElement("text");
            Attributes(("x", x), ("y", y));
            if (look is not null) _xml.WriteAttributeString("class", look);
            _xml.WriteString(text);
            _xml.WriteEndElement();
        }

        private void Line(string look, double x1, double y1, double x2, double y2)
        {
            _xml.WriteStartElement("path");
            _xml.WriteAttributeString("class", look);
            _xml.WriteAttributeString("d", $"M{Text(x1)} {Text(y1)}L{Text(x2)} {Text(y2)}");
            _xml.WriteEndElement();
        }

        private void Rectangle(string look, double x, double y, double width, double height)
        {
            _xml.WriteStartElement("rect");
            _xml.WriteAttributeString("class", look);
            Attributes(("x", x), ("y", y), ("width", width), ("height", height));
            _xml.WriteEndElement();
        }

        private void Element(string name, string text) => _xml.WriteElementString(name, "http://www.w3.org/2000/svg", text);

        private void Attributes(params ReadOnlySpan<(string Name, double Value)> values)
        {
            foreach ((string name, double value) in values) _xml.WriteAttributeString(name, Text(value));
        }

        private static string Short(string text) => text.Length <= 27 ? text : text[..26] + "…";

        private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
    }
}
