# rialto: completion for zsh
_rialto() {
  local line="${(j: :)words[2,-1]}" before="${(j: :)words[2,CURRENT]}"
  local -a found
  found=(${(f)"$("${words[1]}" "[suggest:${#before}]" "$line" 2>/dev/null)"})
  # Options are offered once a dash is typed; before that, what the command takes, or else files.
  [[ ${words[CURRENT]} == -* ]] || found=(${found:#-*})
  if (( $#found )); then compadd -- $found; else _files; fi
}
compdef _rialto rialto
