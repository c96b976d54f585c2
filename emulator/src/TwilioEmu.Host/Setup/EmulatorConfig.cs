using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Yaml;

namespace TwilioEmu;

/// <summary>Who lives in the emulator's world from the start: text in the config language, or built here.</summary>
/// <remarks>What is built is written in the config language, and read and checked as a file would be.</remarks>
/// <example><code>new EmulatorConfig().Number("+14155550100", smsUrl:
/// "http://app.test/sms").Handset("+14155550177", new() { PickUp = PickUp.Busy })</code></example>
public sealed class EmulatorConfig
{
    private readonly string _name;
    private readonly string? _text;
    private readonly JsonObject _built = [];

    /// <summary>An empty one, to be built. Without a number there is none to text.</summary>
    public EmulatorConfig()
        : this("config", null)
    {
    }

    private EmulatorConfig(string name, string? text) => (_name, _text) = (name, text);

    /// <summary>A config file's text.</summary>
    public static EmulatorConfig FromYaml(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new EmulatorConfig("config", text);
    }

    /// <summary>A config file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static EmulatorConfig FromFile(string path) => new(path, YamlText.ReadFile(path));

    /// <summary>An account; the first one built is the emulator's first.</summary>
    /// <param name="friendlyName">1 to 64 characters, by which numbers name their owner.</param>
    /// <param name="sid"><c>AC</c> and 32 hex digits; null for one of the seed's.</param>
    /// <param name="authToken">Null for one of the seed's.</param>
    public EmulatorConfig Account(string friendlyName, string? sid = null, string? authToken = null)
    {
        var account = new JsonObject { ["friendly_name"] = friendlyName };
        if (sid is not null) account["sid"] = sid;
        if (authToken is not null) account["auth_token"] = authToken;
        return Add("accounts", account);
    }

    /// <summary>A number of an account's.</summary>
    /// <param name="number">E.164, or the digits of a short code.</param>
    /// <param name="smsUrl">Asked when it is texted.</param>
    /// <param name="voiceUrl">Asked when it is called.</param>
    /// <param name="statusCallback">Told of its calls' ends.</param>
    /// <param name="account">SID or friendly name of its owner; null for the first account.</param>
    public EmulatorConfig Number(
        string number, string? smsUrl = null, string? voiceUrl = null, string? statusCallback = null, string? account = null) =>
        Number(new NumberSetup(number) { SmsUrl = smsUrl, VoiceUrl = voiceUrl, StatusCallback = statusCallback, Account = account });

    /// <summary>A number of an account's, in full.</summary>
    public EmulatorConfig Number(NumberSetup number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return Add("numbers", number.ToJson());
    }

    /// <summary>How a phone behaves from the start; phones that nobody names answer, listen and receive.</summary>
    public EmulatorConfig Handset(string number, HandsetSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var handset = settings.ToJson();
        handset["number"] = number;
        return Add("handsets", handset);
    }

    /// <summary>A number of somebody else's that an account verified as its caller ID.</summary>
    public EmulatorConfig CallerId(string number, string? account = null)
    {
        var callerId = new JsonObject { ["number"] = number };
        if (account is not null) callerId["account"] = account;
        return Add("caller_ids", callerId);
    }

    /// <summary>An origin the app is known by, and where it really listens: signed for the first, connected to at the second.</summary>
    public EmulatorConfig PublicName(string origin, string target)
    {
        CheckIsBuilt();
        if (_built["public_names"] is not JsonObject names) _built["public_names"] = names = [];
        names[origin] = target;
        return this;
    }

    /// <summary>Calls an account may start per second; Twilio's is 1.</summary>
    public EmulatorConfig CallsPerSecond(double rate)
    {
        CheckIsBuilt();
        _built["calls_per_second"] = rate;
        return this;
    }

    /// <exception cref="EmulatorConfigException">It is wrong.</exception>
    internal WorldConfig Read()
    {
        var faults = new Faults();
        // JSON is YAML (yaml.org/spec/1.2.2, 1.2).
        var config = ConfigReader.ReadFile(_name, _text ?? ToText(), faults);
        return faults.Count == 0 ? config : throw new EmulatorConfigException([.. faults.All.Select(f => f.ToString())]);
    }

    private string ToText()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(
            buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true }))
        {
            _built.WriteTo(json);
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private EmulatorConfig Add(string list, JsonObject item)
    {
        CheckIsBuilt();
        if (_built[list] is not JsonArray items) _built[list] = items = [];
        items.Add((JsonNode)item);
        return this;
    }

    private void CheckIsBuilt()
    {
        if (_text is not null) throw new InvalidOperationException("this config is a text; nothing can be added to it");
    }
}
