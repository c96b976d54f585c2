namespace TwilioEmu.Console.Control;

/// <summary>Answers a push challenge of Verify in the place of its device's owner.</summary>
internal static class ChallengeCalls
{
    public static async Task<ControlAnswer?> AnswerAsync(ControlRequest request)
    {
        var sid = request.Value("sid");
        var word = await request.BodyAsync(body =>
            body.NeedText("status", w => w is "approved" or "denied" ? null : $"'{w}' is neither approved nor denied"));
        var refusal = await request.TurnAsync(() => request.House.AnswerChallenge(sid, word == "approved"));
        if (refusal is var (status, message)) return ControlAnswer.Problem(status, message);
        return ControlAnswer.Ok(json =>
        {
            json.WriteString("challenge_sid", sid);
            json.WriteString("status", word);
        });
    }
}
