using TwilioEmu.Media.Rtp;

namespace TwilioEmu.Carrier.Switching;

/// <summary>What a line tells whoever holds its leg.</summary>
public abstract record LegNews
{
    /// <summary>A SIP party is being called.</summary>
    /// <param name="SipCallId">Call-ID of its INVITE; of several the first.</param>
    public sealed record Placed(string SipCallId) : LegNews;

    /// <summary>It rings; early media already sounds on <see cref="ILeg.FromParty"/> or does not.</summary>
    public sealed record Progressed(bool HasEarlyMedia) : LegNews;

    /// <summary>Connected, with what was agreed.</summary>
    public sealed record Answered(LegFacts Facts) : LegNews;

    /// <summary>The party wishes something.</summary>
    public sealed record Asked(LegWish Wish) : LegNews;

    /// <summary>How it goes with what <see cref="LegCommand.Transfer"/> asked of the party.</summary>
    /// <param name="AskStatus">What the party said to being asked; 202 once it tries, else how it refused.</param>
    /// <param name="Status">The last it told of the new call; 0 before it told anything.</param>
    /// <param name="IsOver">True for the last word.</param>
    public sealed record Transferred(int AskStatus, int Status, bool IsOver) : LegNews;

    /// <summary>Something of what was asked is not done, though the call goes on.</summary>
    /// <param name="Code">Twilio's error.</param>
    /// <param name="Message">In words.</param>
    public sealed record Warned(int Code, string Message) : LegNews;

    /// <summary>
    /// What was measured of a live party's sound; the whole of it comes when it is over, before or after the call's end is told.
    /// </summary>
    /// <param name="Sound">What was measured.</param>
    /// <param name="IsWhole">False for ten seconds of it.</param>
    public sealed record Measured(LegSound Sound, bool IsWhole) : LegNews;

    /// <summary>The last news.</summary>
    public sealed record Ended(LegEnd End) : LegNews;

    private LegNews() { }
}

/// <summary>What was agreed when a leg was connected.</summary>
public sealed record LegFacts
{
    /// <summary>A phone of the emulator's own.</summary>
    public static LegFacts Simulated { get; } = new();

    /// <summary>Name of the codec as SDP has it, such as <c>PCMU</c>; null where no sound is coded.</summary>
    public string? Codec { get; init; }

    /// <summary>Headers of the response that matter to the app (<c>X-</c> and kin).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Where the media come from, host and port; null for a phone of our own.</summary>
    public string? Remote { get; init; }

    /// <summary>Call-ID of the dialog; null for what is not SIP.</summary>
    public string? SipCallId { get; init; }

    /// <summary>True when somebody hears it now, through a socket: time goes at the wall's pace.</summary>
    public bool IsLive { get; init; }
}

/// <summary>What a party wishes in the midst of a call.</summary>
public abstract record LegWish
{
    /// <summary>The other side is to be put on hold, or taken off it (a re-INVITE with <c>sendonly</c>).</summary>
    public sealed record Hold(bool IsOn) : LegWish;

    /// <summary>The other side is to be connected with somebody else (REFER, RFC 3515).</summary>
    /// <param name="Target">Refer-To as the party wrote it.</param>
    /// <param name="Headers">Of its request, as far as they matter to the app.</param>
    /// <param name="Reply">Tells the party how it goes.</param>
    public sealed record Transfer(string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, ITransferReply Reply) : LegWish;

    /// <summary>Something was sent along (INFO, RFC 6086).</summary>
    public sealed record Info(string ContentType, string Body) : LegWish;

    private LegWish() { }
}

/// <summary>Tells a party that wishes a transfer how it goes. Loop-confined.</summary>
public interface ITransferReply
{
    /// <summary>Takes it on (202) or refuses it; once.</summary>
    void Answer(int status);

    /// <summary>How the new call goes: a provisional status, or the final one, which is the last word (RFC 3515 §2.4.4).</summary>
    void Tell(int status);
}

/// <summary>What whoever holds a leg asks of its line.</summary>
public abstract record LegCommand
{
    /// <summary>Tells a party that dialled that it rings; with early media it hears <see cref="ILeg.ToParty"/> from now on.</summary>
    public sealed record Ring(bool HasEarlyMedia = false) : LegCommand;

    /// <summary>
    /// Answers a party that dialled. A request: <see cref="LegNews.Answered"/> or <see cref="LegNews.Ended"/> is the reply.
    /// </summary>
    public sealed record Answer : LegCommand;

    /// <summary>Refuses the leg, gives it up, or hangs up on it, whatever its state.</summary>
    public sealed record End(LegEnd Why) : LegCommand;

    /// <summary>Puts the party on hold in its signalling; what it hears meanwhile is on <see cref="ILeg.ToParty"/>.</summary>
    public sealed record Hold(bool IsOn) : LegCommand;

    /// <summary>Asks the party to go elsewhere (REFER); how it goes is <see cref="LegNews.Transferred"/>.</summary>
    /// <param name="Target">A SIP URI, with the headers it is to bring along.</param>
    public sealed record Transfer(string Target) : LegCommand;

    /// <summary>
    /// How long what a live party says may wait for what is late of it; null for as it was
    /// at first. A simulated phone sends no packets, and does nothing.
    /// </summary>
    public sealed record Buffer(JitterBounds? Bounds) : LegCommand;

    /// <summary>Sends something along.</summary>
    public sealed record Info(string ContentType, string Body) : LegCommand;

    /// <summary>Keys or words of the party are waited for, or no longer are; who acts for it from outside holds time meanwhile.</summary>
    public sealed record AwaitInput(bool IsAwaited) : LegCommand;

    private LegCommand() { }
}
