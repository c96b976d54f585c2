using System.Text.Json;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Messaging.Channels;

/// <summary>What makes a WhatsApp sender a sandbox: the code that its phones text.</summary>
/// <param name="SenderSid"><c>XE</c>.</param>
/// <param name="JoinCode">What follows <c>join</c>.</param>
internal sealed record Sandbox(string SenderSid, string JoinCode) : IRecord
{
    public static readonly TableKey<Sandbox> Table = new("channel_sandboxes");

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
    public static readonly TableKey<SenderCode> Table = new("channel_sender_codes");

    public string Key => SenderSid;

    public bool IsSettled => true;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("sender_sid", SenderSid);
        json.WriteString("code", Code);
    }
}
