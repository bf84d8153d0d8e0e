using System.Runtime.InteropServices;
using Sync.Net.Benchmarks.Measuring;
using Sync.Net.Benchmarks.Processes;

namespace Sync.Net.Benchmarks.Peers;

/// <summary>A barrier between processes, in turns with the barriers of other systems.</summary>
internal static class PeersCommand
{
    private const int NothingMeasured = 69;

    public static async Task<int> RunAsync(PeersOptions options)
    {
        // Whoever ends the driver ends what it started: the signal unwinds the run, and each part disposes its own.
        using var end = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = EndOn(PosixSignal.SIGINT, end);
        using PosixSignalRegistration terminate = EndOn(PosixSignal.SIGTERM, end);

        var report = new PeersReport(Console.Out);
        string guard = await NativeProgram.BuildAsync("guard");
        MemberProgram program = options.IsJit ? MemberProgram.Jit : await MemberProgram.PublishAsync();
        program = program with { HasServer = options.HasServer };
        report.Say($"Members in C#, ours and the peers' alike, are {(program.IsNative ? "one native binary" : "compiled while they run")}: {program.Path}\n");
        foreach (string name in options.Parts)
        {
            var bench = new PeerBench(guard, program, options.Members, options.Alternations, report, end.Token);
            try
            {
                await PeerParts.RunAsync(name, bench);
            }
            catch (PeerUnavailableException e)
            {
                report.Skip(name, e.Message);
            }
        }
        if (options.JsonFile is { } file) await ReportRow.WriteAsync(file, report.Rows);
        if (report.Rows.Count == 0) return NothingMeasured;
        return report.AllHold ? 0 : 1;
    }

    private static PosixSignalRegistration EndOn(PosixSignal signal, CancellationTokenSource end) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            end.Cancel();
        });
}
