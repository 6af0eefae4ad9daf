# rialto: completion for bash
_rialto() {
  local line=${COMP_LINE#"${COMP_WORDS[0]}"} current=${COMP_WORDS[COMP_CWORD]} point word found=
  line=${line# }
  point=$((COMP_POINT - ${#COMP_LINE} + ${#line}))
  [ "$point" -ge 0 ] || point=0
  # Options are offered once a dash is typed; before that, what the command takes, or else files.
  while IFS= read -r word; do
    case $word in -*) case $current in -*) ;; *) continue ;; esac ;; esac
    found+=$word$'\n'
  done < <("${COMP_WORDS[0]}" "[suggest:$point]" "$line" 2>/dev/null)
  local IFS=$'\n'
  COMPREPLY=($(compgen -W "$found" -- "$current"))
}
complete -o default -F _rialto rialto ./rialto
