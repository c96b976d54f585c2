using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Composition;

/// <summary>Brings what a config names into a new house: accounts, numbers, phones.</summary>
internal static class WorldSetup
{
    /// <summary>The number that an emulator without numbers in its config starts with.</summary>
    public const string DefaultNumber = "+14155550100";

    /// <summary>The config with the first account and, where it names no numbers at all, a long code ready to use.</summary>
    public static WorldConfig WithDefaults(WorldConfig config, bool withNumber)
    {
        if (config.Accounts.Count == 0)
        {
            var sid = Environment.GetEnvironmentVariable("TWILIO_ACCOUNT_SID") is { Length: > 0 } s ? s : AccountBook.DefaultSid.Value;
            var token = Environment.GetEnvironmentVariable("TWILIO_AUTH_TOKEN") is { Length: > 0 } t ? t : AccountBook.DefaultToken;
            config = config with { Accounts = [new AccountSpec { Sid = new AccountSid(sid), AuthToken = token }] };
        }
        return withNumber && config.Numbers.Count == 0
            ? config with { Numbers = [new PhoneNumberSpec { Number = DefaultNumber, Kind = NumberKind.LongCode }] }
            : config;
    }

    /// <summary>One turn on the loop of a new world.</summary>
    /// <exception cref="ConfigFault">Something cannot be.</exception>
    public static void Apply(House house, WorldConfig config)
    {
        var accounts = new List<Account>();
        for (var i = 0; i < config.Accounts.Count; i++) accounts.Add(AddAccount(house.Accounts, config.Accounts[i], $"accounts[{i}]"));
        for (var i = 0; i < config.Numbers.Count; i++) AddNumber(house, accounts, config.Numbers[i], $"numbers[{i}]");
        for (var i = 0; i < config.CallerIds.Count; i++) AddCallerId(house, accounts, config.CallerIds[i], $"caller_ids[{i}]");
        for (var i = 0; i < config.Channels.Count; i++)
        {
            var path = $"channel_senders[{i}]";
            ChannelSetup.Apply(
                house, OwnerOf(accounts, config.Channels[i].Account, path, $"channel sender {config.Channels[i].Sender}").Sid,
                config.Channels[i], path);
        }
        for (var i = 0; i < config.Templates.Count; i++)
        {
            var path = $"content_templates[{i}]";
            ChannelSetup.Apply(
                house, OwnerOf(accounts, config.Templates[i].Account, path, $"content template {config.Templates[i].FriendlyName}").Sid,
                config.Templates[i], path);
        }
        for (var i = 0; i < config.Services.Count; i++)
        {
            var path = $"messaging_services[{i}]";
            ServiceSetup.Apply(
                house, OwnerOf(accounts, config.Services[i].Account, path, $"Messaging Service {config.Services[i].FriendlyName}").Sid,
                config.Services[i], path);
        }
        foreach (var system in config.Smpp.Systems) house.Smpp.Add(system);
        foreach (var centre in config.Smpp.Centres) house.Smpp.Add(centre);
        foreach (var phone in config.Handsets)
        {
            house.Handsets.Configure(phone.Number, phone.Behaviour);
            if (phone.SipPassword is { } password) house.Handsets.Exchange.Subscribers.Add(phone.Number, password);
        }
    }

    /// <summary>
    /// What a config names and a world that goes on from a file has not: accounts and numbers. Phones behave as the config says.
    /// </summary>
    /// <remarks>All else was moved in when the world was new, and is the world's own since.</remarks>
    /// <exception cref="ConfigFault">Something cannot be.</exception>
    public static void Add(House house, WorldConfig config)
    {
        var accounts = new List<Account>();
        for (var i = 0; i < config.Accounts.Count; i++)
        {
            var asked = config.Accounts[i];
            var there = house.Accounts.Named(asked.Sid?.Value ?? asked.FriendlyName ?? AccountSpec.UsualName);
            accounts.Add(there ?? AddAccount(house.Accounts, asked, $"accounts[{i}]"));
        }
        for (var i = 0; i < config.Numbers.Count; i++)
        {
            if (house.Numbers.Find(AddressOf(config.Numbers[i].Number)) is null)
            {
                AddNumber(house, accounts, config.Numbers[i], $"numbers[{i}]");
            }
        }
        foreach (var phone in config.Handsets) house.Handsets.Configure(phone.Number, phone.Behaviour);
    }

    private static string AddressOf(string number) => E164.TryNormalize(number, out var address) ? address : number;

    /// <exception cref="ConfigFault">It cannot be opened as asked for.</exception>
    internal static Account AddAccount(AccountBook book, AccountSpec account, string path)
    {
        try
        {
            return book.Create(account with { FriendlyName = account.FriendlyName ?? AccountSpec.UsualName });
        }
        catch (ArgumentException fault)
        {
            throw new ConfigFault(path, fault.Message);
        }
    }

    private static void AddCallerId(House house, List<Account> accounts, CallerIdConfig callerId, string path)
    {
        var owner = OwnerOf(accounts, callerId.Account, path, $"caller ID {callerId.Number}");
        try
        {
            house.Numbers.CallerIds.Add(owner.Sid, callerId.Number);
        }
        catch (ArgumentException fault)
        {
            throw new ConfigFault(path, fault.Message);
        }
    }

    private static void AddNumber(House house, List<Account> accounts, PhoneNumberSpec number, string path)
    {
        var owner = OwnerOf(accounts, number.Account, path, $"number {number.Number}");
        try
        {
            house.Numbers.Add(owner.Sid, number);
        }
        catch (ArgumentException fault)
        {
            throw new ConfigFault(path, fault.Message);
        }
    }

    /// <summary>The account of a SID or name; the first where none is named.</summary>
    private static Account OwnerOf(List<Account> accounts, string? name, string path, string what) => name is null
        ? accounts[0]
        : accounts.Find(a => a.Sid.Value == name || a.FriendlyName == name)
        ?? throw new ConfigFault($"{path}.account", $"{what}: there is no account {name}");
}
