using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Yaml;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Reads the config language.</summary>
public static class ConfigReader
{
    private const double MaxRate = 100_000;
    /// <summary>Reads a config file; what is wrong with it goes to the faults, and what is right is in the result.</summary>
    public static WorldConfig ReadFile(string name, string text, Faults faults) =>
        YamlFile.Read(name, text, faults) is { } root ? Read(root, faults) : new WorldConfig();

    /// <summary>Reads the config of a document.</summary>
    public static WorldConfig Read(Node root, Faults faults) => Fields.Of(root, "", faults) is { } fields ? Read(fields) : new WorldConfig();

    /// <summary>Reads the config at a mapping, whole.</summary>
    public static WorldConfig Read(Fields fields)
    {
        var config = new WorldConfig
        {
            Options = ReadOptions(fields),
            Accounts = AccountReader.Read(fields),
            Numbers = NumberReader.Read(fields),
            CallerIds = ReadCallerIds(fields),
            Services = ServiceReader.Read(fields),
            Registrations = ReadRegistrations(fields),
            Channels = ChannelReader.ReadSenders(fields),
            Templates = ChannelReader.ReadTemplates(fields),
            Handsets = ReadHandsets(fields),
            PublicNames = ReadPublicNames(fields),
            CallsPerSecond = fields.Number("calls_per_second", 0.001, MaxRate),
            Prices = PriceReader.Read(fields),
            Lookup = LookupReader.Read(fields),
            Limits = ReadLimits(fields),
            App = AppReader.Read(fields),
        };
        CheckHandsetsAgainstNumbers(fields, config);
        CheckOwners(fields, config);
        fields.End();
        return config;
    }

    /// <summary>Reads what is said of an account, in a file or in <c>POST /_emu/v1/accounts</c>; the caller ends the mapping.</summary>
    public static AccountConfig ReadAccount(Fields account) => new(
        account.Text("sid", Words.AccountSid), account.Text("auth_token", Words.AuthToken), account.Text("friendly_name", Words.FriendlyName));

    private static ServeOptions ReadOptions(Fields fields) => new()
    {
        Port = Port(fields, "port"),
        HttpsPort = Port(fields, "https_port"),
        Host = fields.Text("host", Words.NonEmpty),
        SipPort = Port(fields, "sip_port"),
        SipHost = fields.Text("sip_host", Words.NonEmpty),
        SipsPort = Port(fields, "sips_port"),
        RtpPorts = ReadPortRange(fields, "rtp_ports"),
        SmppPort = Port(fields, "smpp_port"),
        Clock = ReadClock(fields, "clock"),
        Seed = fields.Whole("seed", 0, long.MaxValue),
        Start = fields.Text("start", Words.Instant) is { } start && Words.TryInstant(start, out var instant) ? instant : null,
        Data = fields.Text("data", Words.NonEmpty),
        ProxyPassThrough = fields.Text("proxy_passthrough", t => t is "off" or "named" or "local" or "all" ? null : $"\"{t}\" is not off, named, local or all"),
        AppCa = fields.Text("app_ca", Words.NonEmpty),
        TrustsAnyApp = fields.Text("app_tls", t => t is "strict" or "insecure" ? null : $"\"{t}\" is not strict or insecure") is { } tls ? tls == "insecure" : null,
        StoresUnbuilt = fields.Text("unbuilt", t => t is "refuse" or "store" ? null : $"\"{t}\" is not refuse or store") is { } unbuilt ? unbuilt == "store" : null,
        OrdersCallbacks = fields.Text("callbacks", t => t is "ordered" or "off" ? null : $"\"{t}\" is not ordered or off") is { } callbacks ? callbacks == "ordered" : null,
        Memory = fields.Text("memory", t => ByteSizes.TryParse(t, out _) ? null : $"\"{t}\" is not a size of {ByteSizes.Least} or more such as 512m or 2g") is { } memory
            && ByteSizes.TryParse(memory, out var bytes) ? bytes : null,
        ProxyAllow = fields.Text("proxy_allow", Words.NonEmpty),
        TlsNames = fields.Text("tls_names", Words.NonEmpty),
        CaCertificate = fields.Text("ca_cert", Words.NonEmpty),
        CaKey = fields.Text("ca_key", Words.NonEmpty),
        ControlToken = fields.Text("control_token", Words.NonEmpty),
        Cors = fields.Text("cors", Words.NonEmpty),
        ServesUi = ReadUi(fields),
        Log = fields.Text("log", t => t is "quiet" or "normal" or "all" ? null : $"\"{t}\" is not quiet, normal or all"),
        LogFormat = fields.Text("log_format", t => t is "text" or "json" ? null : $"\"{t}\" is not text or json"),
    };

    // YAML 1.1 readers and people take on and off for true and false; here they are words, and both are taken.
    private static bool? ReadUi(Fields fields) => fields.Text("ui", t => t is "on" or "off" ? null : $"\"{t}\" is not on or off") is { } ui ? ui == "on" : null;

    private static int? Port(Fields fields, string key) => (int?)fields.Whole(key, 0, 65535);

    private static ClockMode? ReadClock(Fields fields, string key)
    {
        var text = fields.Text(key, t => ClockMode.TryParse(t, out _) ? null : $"\"{t}\" is not a clock: real, xN (such as x10), auto or manual");
        return ClockMode.TryParse(text, out var mode) ? mode : null;
    }

    private static (int First, int Last)? ReadPortRange(Fields fields, string key)
    {
        if (fields.Text(key) is not { } text) return null;
        var ends = text.Split('-');
        if (ends.Length == 2 && ushort.TryParse(ends[0], out var first) && ushort.TryParse(ends[1], out var last) && 0 < first && first < last) return (first, last);
        fields.Fault(key, $"{fields.PathOf(key)}: \"{text}\" is not a range of ports such as 10000-10999");
        return null;
    }

    private static List<CallerIdConfig> ReadCallerIds(Fields fields)
    {
        var callerIds = new List<CallerIdConfig>();
        foreach (var (item, path) in fields.List("caller_ids"))
        {
            if (Fields.Of(item, path, fields.Faults) is not { } callerId) continue;
            callerIds.Add(new CallerIdConfig(callerId.NeedText("number", Words.PhoneNumber), callerId.Text("account", Words.NonEmpty)));
            callerId.End();
        }
        return callerIds;
    }

    private static List<HandsetConfig> ReadHandsets(Fields fields)
    {
        var handsets = new List<HandsetConfig>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, path) in fields.List("handsets"))
        {
            if (Fields.Of(item, path, fields.Faults) is not { } handset) continue;
            var number = handset.NeedText("number", Words.PhoneNumbers);
            if (number.Length > 0 && !seen.Add(number)) handset.Fault("number", $"the handset {number} stands there twice");
            handsets.Add(new HandsetConfig(number, HandsetReader.ReadBehaviour(handset)));
            handset.End();
        }
        return handsets;
    }

    private static Dictionary<string, string> ReadPublicNames(Fields fields)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (fields.Mapping("public_names") is not { } mapping) return names;
        foreach (var member in mapping.Source.Members)
        {
            if (Words.PublicName(member.Key) is { } wrong) fields.Faults.Add(member.KeyPlace, mapping.PathOf(member.Key), wrong);
            if (mapping.Text(member.Key, Words.Origin) is { } target) names[member.Key.TrimEnd('/')] = target.TrimEnd('/');
        }
        return names;
    }

    private static RegistrationConfig ReadRegistrations(Fields fields)
    {
        if (fields.Mapping("registrations") is not { } mapping) return new RegistrationConfig();
        var read = new RegistrationConfig(
            mapping.Flag("required") ?? false, mapping.Duration("after"), mapping.Flag("approved") ?? true, (int?)mapping.Whole("brand_score", 1, 100), (int?)mapping.Whole("error_code", 10_000, 99_999));
        mapping.End();
        return read;
    }

    private static LimitsConfig ReadLimits(Fields fields)
    {
        if (fields.Mapping("limits") is not { } limits) return new LimitsConfig();
        var read = new LimitsConfig(
            (int?)limits.Whole("journal_entries", 16, 100_000_000), (int?)limits.Whole("records", 16, 100_000_000), limits.Duration("age"),
            (int?)limits.Whole("concurrent_requests", 1, 1_000_000));
        limits.End();
        return read;
    }

    private static void CheckHandsetsAgainstNumbers(Fields fields, WorldConfig config)
    {
        var owned = config.Numbers.Select(n => n.Number).ToHashSet(StringComparer.Ordinal);
        foreach (var (handset, i) in config.Handsets.Select((h, i) => (h, i)))
        {
            if (handset.Number.Length == 0 || !owned.Contains(handset.Number)) continue;
            fields.Faults.Add(fields.List("handsets")[i].Item, $"handsets[{i}].number", $"{handset.Number} is one of the numbers: an account's number is not a handset");
        }
    }

    private static void CheckOwners(Fields fields, WorldConfig config)
    {
        var named = config.Numbers.Select((n, i) => ("numbers", i, n.Account)).Concat(config.CallerIds.Select((c, i) => ("caller_ids", i, c.Account)))
            .Concat(config.Services.Select((s, i) => ("messaging_services", i, s.Account)))
            .Concat(config.Channels.Select((c, i) => ("channel_senders", i, c.Account))).Concat(config.Templates.Select((t, i) => ("content_templates", i, t.Account)));
        foreach (var (list, i, account) in named)
        {
            // The first account exists without being listed: its SID comes from the environment.
            if (account is not { } owner || Words.AccountSid(owner) is null) continue;
            if (config.Accounts.Any(a => a.FriendlyName == owner)) continue;
            var hint = Spelling.Hint(owner, config.Accounts.Select(a => a.FriendlyName ?? ""));
            fields.Faults.Add(fields.List(list)[i].Item, $"{list}[{i}].account", $"{list}[{i}].account: no account is called \"{owner}\"{hint}");
        }
    }
}
