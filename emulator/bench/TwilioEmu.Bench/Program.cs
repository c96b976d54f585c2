using System.Globalization;
using TwilioEmu.Bench.Paths;

// twilioemu-bench PATH [--emulator FILE] [--bare FILE]: measures one path, prints a table, exits 0.
var programs = Programs.From(args);
switch (args.FirstOrDefault(a => !a.StartsWith('-')))
{
    case "posts": return await PostMessages.RunAsync(programs);
    case "resources": return await StoredResources.RunAsync(programs);
    case "tls": return await Encrypted.RunAsync(programs);
    case "callbacks": return await Callbacks.RunAsync(programs, args.Contains("--long"));
    case "told": return await Told.RunAsync(programs);
    case "drain": return await Drain.RunAsync(int.Parse(Given("--count") ?? "1000000", CultureInfo.InvariantCulture));
    case "start": return await StartUp.RunAsync(programs);
    case "pauses":
        return await Pauses.RunAsync(
            programs, int.Parse(Given("--stored") ?? "1000000", CultureInfo.InvariantCulture),
            int.Parse(Given("--requests") ?? "200000", CultureInfo.InvariantCulture));
    case "sip":
        return await SipCalls.RunAsync(
            programs, int.Parse(Given("--calls") ?? "300", CultureInfo.InvariantCulture),
            TimeSpan.FromSeconds(double.Parse(Given("--seconds") ?? "60", CultureInfo.InvariantCulture)));
    case "smpp":
        return await SmppSubmits.RunAsync(
            programs, int.Parse(Given("--count") ?? $"{SmppSubmits.UsualCount}", CultureInfo.InvariantCulture));
    case "mix": return MixedFrame.Run();
    case "kept": return await Kept.RunAsync(programs, int.Parse(Given("--count") ?? "1000000", CultureInfo.InvariantCulture));
    case "rooms": return await Rooms.RunAsync(int.Parse(Given("--repeats") ?? "20", CultureInfo.InvariantCulture));
    case "calls": return await ManyCalls.RunAsync(int.Parse(Given("--calls") ?? "20000", CultureInfo.InvariantCulture));
    case "memory": return await Memory.RunAsync(programs);
    case "soak":
        return await Soak.RunAsync(
            programs, double.Parse(Given("--minutes") ?? "30", CultureInfo.InvariantCulture),
            int.Parse(Given("--rate") ?? "2000", CultureInfo.InvariantCulture), Given("--memory") ?? "512m");
    default:
        Out.Error.WriteLine("usage: twilioemu-bench posts|resources|tls|callbacks [--long]|told|drain [--count N]|pauses [--stored N "
            + "--requests N]|start|sip [--calls N --seconds N]|smpp [--count N]|mix|rooms [--repeats N]|calls [--calls N]|kept [--count N]|memory|"
            + "soak [--minutes N --rate N --memory SIZE] [--emulator FILE] [--bare FILE]");
        return 2;
}

string? Given(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;
