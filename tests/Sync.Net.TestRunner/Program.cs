using System.Globalization;
using System.Text;
using Sync.Net.Runner;
using Sync.Net.Runner.Hosts;

// A runner that a test kills: COOKIE LEASE-SECONDS SSH-CONFIGURATION-OR-DASH HOST COMMAND… ; prints what its worker prints.
RunHost host = args[2] == "-" ? RunHost.NetworkNamespace(args[3]) : RunHost.Ssh(args[3], args[2]);
await using Watchdog watchdog = Watchdog.Start(args[0], TimeProvider.System);
using Stream output = Console.OpenStandardOutput();
await using Worker worker = await host.StartAsync(
    new WorkerStart
    {
        Cookie = args[0] + "-1",
        Member = "m",
        Command = args[4..],
        Environment = new Dictionary<string, string>(),
        LostRunnerTimeout = TimeSpan.FromSeconds(double.Parse(args[1], CultureInfo.InvariantCulture)),
        Output = async (piece, _) =>
        {
            await output.WriteAsync(piece);
            await output.FlushAsync();
        },
    },
    CancellationToken.None);
WorkerEnd end = await worker.Completion;
await output.WriteAsync(Encoding.UTF8.GetBytes($"end {end}\n"));
