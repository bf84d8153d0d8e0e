using System.Globalization;
using System.Xml;
using Sync.Net.Runner.Reports.Analysis;

namespace Sync.Net.Runner.Reports;

/// <summary>JUnit's XML as Jenkins and others read it: a suite a member, in which each of its synchronisations is a case, and one for the run.</summary>
internal static class JUnitReport
{
    public static void Write(RunAnalysis analysis, Stream stream)
    {
        RunResult run = analysis.Run;
        List<CaseSuite> suites = [CaseSuite.OfRun(run), .. analysis.Lanes.Select(lane => CaseSuite.OfLane(run, lane))];
        XmlWriterSettings settings = new() { Indent = true, NewLineChars = "\n", CloseOutput = false };
        using XmlWriter xml = XmlWriter.Create(stream, settings);
        xml.WriteStartDocument();
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", VisibleText.Of(run.Name, 200));
        WriteCounts(xml, [.. suites.SelectMany(suite => suite.Cases)]);
        xml.WriteAttributeString("time", Seconds(run.Ended - run.Started));
        foreach (CaseSuite suite in suites) WriteSuite(xml, suite);
        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    private static void WriteSuite(XmlWriter xml, CaseSuite suite)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", suite.Name);
        WriteCounts(xml, suite.Cases);
        // Of the whole, the schema knows no number of skipped ones.
        xml.WriteAttributeString("skipped", Number(suite.Cases.Count(c => c.Class == CaseClass.Skipped)));
        xml.WriteAttributeString("time", Seconds(suite.Took));
        xml.WriteAttributeString("timestamp", suite.Began.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        xml.WriteAttributeString("hostname", suite.Host);
        if (suite.Properties.Count > 0)
        {
            xml.WriteStartElement("properties");
            foreach ((string name, string value) in suite.Properties)
            {
                xml.WriteStartElement("property");
                xml.WriteAttributeString("name", name);
                xml.WriteAttributeString("value", value);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        foreach (RunCase @case in suite.Cases) WriteCase(xml, suite, @case);
        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, CaseSuite suite, RunCase @case)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", @case.Name);
        xml.WriteAttributeString("classname", suite.Name);
        xml.WriteAttributeString("time", Seconds(@case.Took));
        string? element = @case.Class switch { CaseClass.Skipped => "skipped", CaseClass.Failed => "failure", CaseClass.Error => "error", _ => null };
        if (element is not null)
        {
            xml.WriteStartElement(element);
            xml.WriteAttributeString("message", @case.Message);
            // Jenkins' schema knows no type of what was skipped.
            if (@case.Class != CaseClass.Skipped) xml.WriteAttributeString("type", @case.Type);
            if (@case.Details.Length > 0) xml.WriteString(@case.Details);
            xml.WriteEndElement();
        }
        else if (@case.Details.Length > 0)
        {
            xml.WriteElementString("system-out", @case.Details);
        }
        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyCollection<RunCase> cases)
    {
        xml.WriteAttributeString("tests", Number(cases.Count));
        xml.WriteAttributeString("failures", Number(cases.Count(c => c.Class == CaseClass.Failed)));
        xml.WriteAttributeString("errors", Number(cases.Count(c => c.Class == CaseClass.Error)));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => Math.Max(0, time.TotalSeconds).ToString("0.000000", CultureInfo.InvariantCulture);
}
