using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Output;
using Sync.Net.Runner;
using Sync.Net.Runner.Reports;
using Sync.Net.Runner.Reports.Analysis;

namespace Sync.Net.Cli.Verbs;

/// <summary>Makes all reports of a run again from its results, and tells the analysis in lines.</summary>
internal sealed class ReportVerb : Verb
{
    public override Syntax Syntax => new("report FOLDER", 1, 1, [], ["--json"]);

    public override Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken)
    {
        string folder = line.Operand(0)!;
        if (!File.Exists(Path.Combine(folder, RunResults.FileName)))
        {
            throw new FileNotFoundException($"'{folder}' holds no {RunResults.FileName}: name the folder of a run, as 'syncnet run' made it");
        }
        RunResult result;
        try
        {
            result = RunResults.Load(folder);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidInputException(e.Message);
        }
        RunAnalysis analysis = RunReports.Write(result, folder);
        output.Lines(RunSummary.Lines(analysis));
        return Task.FromResult(ExitCodes.Success);
    }
}
