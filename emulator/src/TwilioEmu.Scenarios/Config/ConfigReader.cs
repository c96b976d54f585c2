using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Registrations;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Yaml;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Reads the config language.</summary>
public static class ConfigReader
{
    private const double MaxRate = 100_000;
    private const string Whole = "whole number";

    /// <summary>Reads a config file; what is wrong with it goes to the faults, and what is right is in the result.</summary>
    public static WorldConfig ReadFile(string name, string text, Faults faults) =>
        YamlFile.Read(name, text, faults) is { } root ? Read(root, faults) : new WorldConfig();

    /// <summary>Reads the config of a document.</summary>
    public static WorldConfig Read(Node root, Faults faults) =>
        Fields.Of(root, "", faults) is { } fields ? Read(fields) : new WorldConfig();

    internal static Settings<CallerIdConfig> CallerIdRows { get; } = new Settings<CallerIdConfig>()
        .Need("number", "phone number", "needed", Words.PhoneNumber, static (c, v) => c with { Number = v })
        .Text("account", "SID or name", "whose (the first account's)", Words.NonEmpty, static (c, v) => c with { Account = v });

    internal static Settings<RegistrationRules> RegistrationRows { get; } = new Settings<RegistrationRules>()
        .Flag(
            "required", "texts of unregistered numbers to the United States fail: 30034, 30032 (false)",
            static (r, v) => r with { IsRequired = v })
        .Duration("after", "how long each step takes (1m)", static (r, v) => r with { After = v })
        .Flag("approved", "whether they succeed (true)", static (r, v) => r with { Approves = v })
        .Whole("brand_score", 1, 100, "of brands: it decides the rate of their campaigns (75)", static (r, v) => r with { BrandScore = v })
        .Whole("error_code", 10_000, 99_999, "why they fail", static (r, v) => r with { ErrorCode = v });

    internal static Settings<LimitsConfig> LimitRows { get; } = new Settings<LimitsConfig>()
        .Whole("journal_entries", 16, 100_000_000, "entries kept", static (l, v) => l with { JournalEntries = v }, Whole)
        .Whole("records", 16, 100_000_000, "records kept", static (l, v) => l with { Records = v }, Whole)
        .Duration("age", "how long", static (l, v) => l with { Age = v })
        .Whole(
            "concurrent_requests",
            1, 1_000_000, "requests an account may have in flight", static (l, v) => l with { ConcurrentRequests = v }, Whole);

    /// <summary>The words of a config file, and of a story's <c>given</c>.</summary>
    internal static Settings<WorldConfig> Rows { get; } = ServeSettings.All.Where(static s => s.IsInFiles).Aggregate(
        new Settings<WorldConfig>()
            .Add(
                "accounts", "list", "accounts, the first one used where none is named",
                static (c, fields, _) => c with { Accounts = AccountReader.Read(fields) }, new ValueShape.ListOf(AccountReader.Rows))
            .Add(
                "numbers", "list", "numbers of the emulator",
                static (c, fields, _) => c with { Numbers = NumberReader.Read(fields) }, new ValueShape.ListOf(NumberReader.Rows))
            .List(
                "caller_ids", "others' numbers that an account has verified",
                CallerIdRows, new CallerIdConfig("", null), static (c, v) => c with { CallerIds = v })
            .Add(
                "messaging_services", "list", "Messaging Services and their senders",
                static (c, fields, _) => c with { Services = ServiceReader.Read(fields) }, new ValueShape.ListOf(ServiceReader.Rows))
            .Add(
                "channel_senders", "list", "WhatsApp and RCS senders, online from the start",
                static (c, fields, key) => c with { Channels = ChannelReader.ReadSenders(fields, key) },
                new ValueShape.ListOf(ChannelReader.SenderRows))
            .Add(
                "content_templates", "list", "content templates, and WhatsApp's word on them",
                static (c, fields, key) => c with { Templates = ChannelReader.ReadTemplates(fields, key) },
                new ValueShape.ListOf(ChannelReader.TemplateRows))
            .Mapping(
                "registrations",
                "what becomes of brands, campaigns, toll-free verifications, TrustHub profiles, channel senders and templates",
                RegistrationRows, new RegistrationRules(), static (c, v) => c with { Registrations = v })
            .Add(
                "handsets", "list", "how phones behave; phones nobody names answer after 2s and listen",
                static (c, fields, _) => c with { Handsets = ReadHandsets(fields) })
            .Mapping(
                "smpp", "gateways and message centres that texts go to and come from by SMPP",
                SmppReader.Rows, new SmppConfig(), static (c, v) => c with { Smpp = v }, SmppReader.Check)
            .Add(
                "public_names", "mapping of origins", "origins the app is known by, and where it really listens",
                static (c, fields, _) => c with { PublicNames = ReadPublicNames(fields) }, new ValueShape.ByName(ValueShape.Word))
            .Add(
                "app", "mapping of paths or URLs", "what an app inside the world answers, at `http://app`",
                static (c, fields, _) => c with { App = AppReader.Read(fields) }, new ValueShape.ByName(ValueShape.Any))
            .Add(
                "twiml_bins", "mapping by SID",
                "TwiML Bins, served at `https://handler.twilio.com/twiml/EH...`, with `{{To}}` for a parameter",
                static (c, fields, _) => c with { TwimlBins = ReadBins(fields) }, new ValueShape.ByName(ValueShape.Word))
            .Number(
                "calls_per_second", 0.001, MaxRate, "calls an account may start per second (1)",
                static (c, v) => c with { CallsPerSecond = v })
            .Add(
                "prices", "mapping by country or `default`", "US dollars: sms_out, sms_in, mms_out, mms_in, call_out, call_in, ...",
                static (c, fields, _) => c with { Prices = PriceReader.Read(fields) },
                new ValueShape.ByName(new ValueShape.ByName(ValueShape.Any)))
            .Add(
                "lookup", "mapping by number", "what Lookup knows",
                static (c, fields, _) => c with { Lookup = LookupReader.Read(fields) },
                new ValueShape.ByName(new ValueShape.MappingOf(LookupReader.Rows)))
            .Mapping("limits", "how much is kept", LimitRows, new LimitsConfig(), static (c, v) => c with { Limits = v }),
        static (rows, option) =>
            rows.Add(
                option.Key, option.Takes, option.Means,
                (config, fields, key) => fields.Word(key, text => WrongWith(option, text)) is { } text
                    ? config with { Options = ServeSettings.Put(option, config.Options, text, out _) }
                    : config,
                ValueShape.Word));

    /// <summary>Reads the config at a mapping, whole.</summary>
    public static WorldConfig Read(Fields fields)
    {
        var config = Rows.Read(fields, new WorldConfig());
        CheckHandsetsAgainstNumbers(fields, config);
        CheckOwners(fields, config);
        CheckLinksAgainstNumbers(fields, config);
        fields.End();
        return config;
    }

    /// <summary>Reads what is said of an account in <c>POST /_emu/v1/accounts</c>; the caller ends the mapping.</summary>
    public static AccountSpec ReadAccount(Fields account) => AccountReader.CoreRows.Read(account, new AccountSpec());

    private static string? WrongWith(ServeSetting option, string text)
    {
        ServeSettings.Put(option, ServeOptions.None, text, out var wrong);
        return wrong;
    }

    private static List<HandsetConfig> ReadHandsets(Fields fields)
    {
        var handsets = new List<HandsetConfig>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, path) in fields.List("handsets"))
        {
            if (Fields.Of(item, path, fields.Faults, "number") is not { } handset) continue;
            var number = handset.NeedText("number", Words.Phones);
            if (number.Length > 0 && !seen.Add(number)) handset.Fault("number", $"the handset {number} stands there twice");
            handsets.Add(new HandsetConfig(number, HandsetReader.ReadBehaviour(handset), HandsetReader.ReadSipPassword(handset, number)));
            handset.End();
        }
        return handsets;
    }

    private static Dictionary<string, string> ReadBins(Fields fields)
    {
        var bins = new Dictionary<string, string>(StringComparer.Ordinal);
        if (fields.Mapping("twiml_bins") is not { } mapping) return bins;
        foreach (var member in mapping.Source.Members)
        {
            if (!Kernel.Ids.SidMint.IsSid(member.Key, "EH"))
            {
                fields.Faults.Add(
                    member.KeyPlace, mapping.PathOf(member.Key), $"\"{member.Key}\" is not the SID of a TwiML Bin: EH and 32 hex digits");
            }
            if (mapping.Text(member.Key, Words.NonEmpty) is { } twiml) bins[member.Key] = twiml;
        }
        return bins;
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

    private static void CheckHandsetsAgainstNumbers(Fields fields, WorldConfig config)
    {
        var owned = config.Numbers.Select(n => n.Number).ToHashSet(StringComparer.Ordinal);
        foreach (var (handset, i) in config.Handsets.Select((h, i) => (h, i)))
        {
            if (handset.Number.Length == 0 || !owned.Contains(handset.Number)) continue;
            fields.Faults.Add(
                fields.List("handsets")[i].Item, $"handsets[{i}].number",
                $"{handset.Number} is one of the numbers: an account's number is not a handset");
        }
    }

    private static void CheckLinksAgainstNumbers(Fields fields, WorldConfig config)
    {
        var owned = config.Numbers.Select(n => n.Number).ToHashSet(StringComparer.Ordinal);
        foreach (var number in config.Smpp.Systems
            .SelectMany(s => s.Numbers)
            .Concat(config.Smpp.Centres.SelectMany(c => c.Numbers))
            .Where(owned.Contains))
        {
            fields.Fault("smpp", $"{number} is one of the numbers: an account's number is not reached over SMPP");
        }
    }

    private static void CheckOwners(Fields fields, WorldConfig config)
    {
        var named = config.Numbers.Select((n, i) => ("numbers", i, n.Account))
            .Concat(config.CallerIds.Select((c, i) => ("caller_ids", i, c.Account)))
            .Concat(config.Services.Select((s, i) => ("messaging_services", i, s.Account)))
            .Concat(config.Channels.Select((c, i) => ("channel_senders", i, c.Account)))
                .Concat(config.Templates.Select((t, i) => ("content_templates", i, t.Account)));
        foreach (var (list, i, account) in named)
        {
            // The first account exists without being listed: its SID comes from the environment.
            if (account is not { } owner || Words.AccountSid(owner) is null) continue;
            if (config.Accounts.Any(a => a.FriendlyName == owner)) continue;
            var hint = Spelling.Hint(owner, config.Accounts.Select(a => a.FriendlyName ?? ""));
            fields.Faults.Add(
                fields.List(list)[i].Item, $"{list}[{i}].account", $"{list}[{i}].account: no account is called \"{owner}\"{hint}");
        }
    }
}
