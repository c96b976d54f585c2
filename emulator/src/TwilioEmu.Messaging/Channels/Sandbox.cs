using System.Text.Json;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Messaging.Channels;

/// <summary>What makes a WhatsApp sender a sandbox: the code that its phones text.</summary>
/// <param name="SenderSid"><c>XE</c>.</param>
/// <param name="JoinCode">What follows <c>join</c>.</param>
internal sealed record Sandbox(string SenderSid, string JoinCode) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Sandbox> Form = new("channel_sandbox", static (r, m) => new Sandbox(
        m.Text("sender_sid", r?.SenderSid), m.Text("join_code", r?.JoinCode)));

    public static readonly TableKey<Sandbox> Table = new("channel_sandboxes", Form);

    public string Key => SenderSid;

    public bool IsSettled => false;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("sender_sid", SenderSid);
        json.WriteString("join", JoinCode);
    }
}

/// <summary>The code that was texted to a number to be registered.</summary>
/// <param name="SenderSid"><c>XE</c>.</param>
/// <param name="Code">Six digits.</param>
internal sealed record SenderCode(string SenderSid, string Code) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<SenderCode> Form = new("channel_sender_code", static (r, m) => new SenderCode(
        m.Text("sender_sid", r?.SenderSid), m.Text("code", r?.Code)));

    public static readonly TableKey<SenderCode> Table = new("channel_sender_codes", Form);

    public string Key => SenderSid;

    public bool IsSettled => true;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("sender_sid", SenderSid);
        json.WriteString("code", Code);
    }
}
