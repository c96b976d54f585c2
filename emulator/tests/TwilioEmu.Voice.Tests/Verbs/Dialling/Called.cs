using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Voice.Calls;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Verbs.Dialling;

/// <summary>Who is called by a Dial, and their legs.</summary>
internal static class Called
{
    public const string Colleague = "+14155550187";

    public static HandsetBehaviour Answers(double after, params ScriptStep[] script) =>
        new() { After = TimeSpan.FromSeconds(after), Script = script };

    public static async Task<Call> ChildAsync(VoiceHouse house) => (await ChildrenAsync(house)).Single();

    public static Task<List<Call>> ChildrenAsync(VoiceHouse house) => house.World.Loop.RunAsync(
        () => house.Voice.Services.Book.Records(Account).OldestFirst().Where(c => c.ParentCallSid is not null).ToList(), default);
}
